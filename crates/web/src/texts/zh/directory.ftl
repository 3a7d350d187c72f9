# 名录：职务、代行、部门、人员、空缺。

directory-title = 名录
directory-today = 今日（{ $day }）的机构与人员。
directory-on = { $day }的机构与人员，以在案记录为准。
directory-day = 查看某日
directory-show-day = 查看
directory-back-to-today = 回到今日
directory-day-malformed = “{ $typed }”不是日期。请按“年-月-日”填写，例如2019-03-01。下面显示的是今日。
directory-day-early = 记录未及{ $day }，最早为{ $first }。下面显示的是今日。
directory-day-late = { $day }太远，请查询{ $last }以前的日期。下面显示的是今日。

directory-posts = 市政府职务
directory-no-posts = 规则未设市政府职务。
directory-post = 职务
directory-holder = 任职人
directory-person = 人员
directory-as = 身份
directory-where = 单位或被代行人
directory-from = 起
directory-until = 止
directory-basis = 依据
directory-body = 单位
directory-span = { $from }至{ $until }
directory-founding = 建档名录
directory-basis-hidden = 您无权查看的事项
directory-whole-office = 市政府
directory-vacant = 空缺
directory-liaises = 联系
directory-is-away = 不在岗
directory-does-not-count = 今日不生效：不再担任相应职务
directory-away-until = 不在岗，至{ $day }
directory-delegated = 书面委托
directory-delegated-meaning = 仅就所列事项代委托人办理，不及其他。

directory-standing = 职务代行情况
directory-stand-in = 代行人
directory-stood-for = 被代行
directory-stands-in = 代行：{ $names }
directory-gives-nothing = 目前不生效
directory-nobody-stands-in = 当日无人。
directory-regime-full = 期间行使{ $post }职权，署名为{ $known }。
directory-regime-own = 仅有规则赋予{ $known }的职权，{ $post }的其他职权不变。
directory-regime-exclusive = 被代行人在此期间不行使该职权。

directory-away = 不在岗人员
directory-nobody-away = 当日无不在岗记录。

directory-bodies = 单位
directory-body-today = 今日
directory-portfolio-over-time = 历任分管
directory-people-over-time = 历任任职
directory-nothing-over-time = 无在案记录。

directory-roles-today = 今日职权
directory-over-time = 历年任职
directory-role = 职权
directory-why = 缘由
directory-no-roles = 此人今日无职权。

directory-vacancies = 空缺职务
directory-blocks-nothing = 目前没有事项因此等待。
directory-blocks = 有{ $count }个环节因此等待。
directory-blocks-hidden = 有{ $count }个环节因此等待，其中{ $hidden }个属于您无权查看的事项。
directory-waits-for = 等待{ $post }
directory-waiting = { $step }：{ $title }
