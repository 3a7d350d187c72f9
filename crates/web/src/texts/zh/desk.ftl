# 我的工作台。

desk-title = 我的工作台
desk-day = { $day }。
desk-day-acting = { $day }。今日您{ $acting }。
desk-waits = 待我办理
desk-overdue-count = 已逾期
desk-all = 全部
desk-overdue = 已逾期
desk-today = 今日到期
desk-this-week = 本周到期
desk-later = 以后到期
desk-no-day = 本环节无时限
desk-empty = 暂无待办事项
desk-empty-next = 您发起或转出的事项，可在相应领域中查看或搜索。
desk-open = 发起事项
desk-open-all = 可发起的全部事项（{ $count }）
desk-lately = 近期办理
desk-lately-note = { $step }，{ $day }
desk-coming = 一周内将到
desk-coming-step = { $step }，自{ $day }起
desk-coming-meeting = { $kind }，{ $day }
desk-awaited = 等待他人办理
desk-awaited-step = { $step }：{ $who }
desk-awaited-due = { $step }：{ $who }，{ $remaining }
