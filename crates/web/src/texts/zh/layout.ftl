# 各页共用的框架与组件文字。

product-name = 政务规则系统
public-name = 政务公开
skip-to-content = 跳至正文
menu = 菜单
navigation = 主导航
crumbs = 当前位置
side-label = 时限与关联事项
search-label = 搜索事项、公文和条文
search-hint = 文号、标题、条文……
search-button = 搜索
sign-in = 登录
sign-out = 退出
other-language = English
footer-edition = 现行规则：
footer-rulebook = 规则全文
footer-public = 公开网站

list-comma = 、

error-summary-title = 请更正下列内容
field-error = 错误：
field-optional = （选填）
field-characters = 不超过 { $count } 字
characters-left-one = 还可输入 %{"{"}count{"}"} 字
characters-left-other = 还可输入 %{"{"}count{"}"} 字
characters-left-none = 已达字数上限
characters-over-one = 超出 %{"{"}count{"}"} 字
characters-over-other = 超出 %{"{"}count{"}"} 字
sort-status = 已按%heading%排序（%direction%）
sort-hint = （表头按钮可排序）
sort-ascending = 升序
sort-descending = 降序
field-year = 年
field-month = 月
field-day = 日
picker-find = 输入名称筛选

step-done = 已办结
step-mine = 待我办理
step-open = 办理中
step-waits = 待前序环节
step-not-needed = 无需办理
step-void = 已失效

refusal-title-no = 不能办理：{ $act }
refusal-title = 暂不能办理：{ $act }
refusal-lead = 尚有 { $count } 项条件未满足，未作任何改动。
refusal-lead-before = 尚有 { $count } 项不符合条件。
refusal-missing = 尚缺
refusal-who = 由谁补齐
refusal-earliest = 最早可办日期
why-not = 为何不能办理（{ $count } 项）

card-fact = { $field }：{ $value }
card-many = 共{ $count }项
card-why = 由您办理的依据
clock-why = 时限如何计算

agenda-number = 序号
agenda-item = 议题
agenda-reporter = 汇报单位
agenda-concerned = 涉及单位和受邀人员
agenda-together = 合计{ $minutes }分钟。
agenda-together-untimed = 合计{ $minutes }分钟，另有{ $untimed }项未注明时长。
agenda-minutes = 时长（分钟）
agenda-lacks = 尚缺：
attends-chair = 主持
attends-member = 出席
attends-sits-in = 列席
attends-invited = 分议题邀请
attends-absent = 请假

change-label = 变化
change-same = 未变
change-added = 新增
change-removed = 删除
change-altered = 修改
law-code = 本条的可执行形式
law-stated = 本条为原则性规定，在相关处展示，本身不作限制。

paper-links = 相关内容

pagination-label = 分页
pagination-page = 第 { $page } 页，共 { $pages } 页
pagination-entries = 共 { $count } 条
pagination-entries-more = 超过 { $count } 条
pagination-previous = 上一页
pagination-next = 下一页
