# 邮件提醒。

mail-came = 您的工作台新增{ $count }件待办。
mail-waits = 您的工作台现有{ $count }件待办。
mail-came-subject = 新增待办{ $count }件
mail-waits-subject = 今日待办{ $count }件
mail-overdue = 其中已逾期{ $count }件。
mail-step = { $step }：{ $kind } { $number }
mail-yours = 由您{ $why }办理（{ $article }）
mail-due = ；期限{ $due }
mail-why = 您已选择有新待办时即时提醒。如需更改，请访问 { $address }
mail-why-daily = 您已选择每个工作日汇总提醒。如需更改，请访问 { $address }
