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
meeting-not-in-session = 会议尚未召开或已办结。
room-items = 会议议题
room-place = 第{ $number }项，共{ $count }项
room-topic = 查看议题
room-next = 下一项：
room-meeting = 会议事项
room-all-done = 全部议题均已处理。
room-all-done-readable = 您可查阅的议题均已处理。
room-whole-form = 本环节须先阅读所判断的内容或其影响，请在单独页面办理。
minutes-item = { $number }、{ $title }
minutes-position = { $who }（{ $outcome }）：{ $text }
minutes-drafted = 已按会议记录生成初稿
minutes-drafted-text = 参会人员、各议题结果和不同意见已按记录写入，请在此基础上修改。
