# 会议。

meeting-agenda = 议程
meeting-no-agenda = 议程尚无议题。
meeting-attendance = 参会人员
meeting-in-the-chair = 主持
meeting-stood-for = 职务由他人代行
meeting-not-entered = 未登记出席情况
meeting-minutes = 会议纪要
meeting-read-minutes = 查看纪要全文
meeting-minutes-there = 已形成
meeting-versions = 议程版本
meeting-about = 与本次会议有关的事项
meeting-about-note = { $kind } { $number }
meeting-lacks = { $step }（{ $who }）
