# 命令行对输入命令者的答复。

command-carried = { $number }（第 { $version } 版）
command-carried-before = { $number }（第 { $version } 版），此前已办理
command-no-record = { $file } 处没有档案；请用 --database 另行指定，或用 cityhall init 建立
command-record-shut = 无法打开档案 { $record }
command-demo-broken-off = 该档案中的演示内容未录入完毕；请删除该档案，或者用 --database 指定空的档案，然后重新启动
command-record-full = 该档案已有组织名录；请用 --database 指定空的档案
command-token = 该令牌无效；请在账号页面另行生成
command-no-password = 请把 --as 所指账号的密码放入 CITYHALL_PASSWORD
command-session-ended = 登录随即失效，请重新登录
command-wrong = 账号或密码有误
command-locked = 账号或密码有误，或者此前多次有误；请在{ $wait }后再试
command-who = 请说明由谁办理：--as LOGIN 并设置 CITYHALL_PASSWORD，或使用 --token
command-step = 请把环节写作 NUMBER.step 或 Kind.step
command-step-of-kind = 请把环节写作 Kind.step
command-with = “{ $typed }”不是 FIELD=VALUE 的形式
command-no-file = 没有文件 { $file }
command-no-text = { $file } 不是 UTF-8 文字
command-unreadable = 无法读取 { $file }
command-no-case = 没有名称含“{ $only }”的案例
command-no-kind = 没有“{ $kind }”这一事项种类；最接近的是：{ $near }
command-no-step = { $kind } 没有“{ $step }”这一环节；最接近的是：{ $near }
command-no-person = 名录中没有“{ $person }”；最接近的是：{ $near }
command-no-account = 没有账号“{ $login }”；用 cityhall account list 可列出全部账号
command-listen = 无法在 { $address } 上监听；请用 --listen 另行指定
command-no-rulebook = 没有规则文件夹 { $folder }
command-no-calendar = 没有工作日历文件夹 { $folder }
