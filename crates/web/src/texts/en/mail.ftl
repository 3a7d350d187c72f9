# What a mail says of a desk.

mail-came = { $count ->
    [one] One thing has come to your desk.
   *[other] { $count } things have come to your desk.
}
mail-waits = { $count ->
    [one] One thing waits on your desk.
   *[other] { $count } things wait on your desk.
}
mail-came-subject = { $count ->
    [one] One thing has come to your desk
   *[other] { $count } things have come to your desk
}
mail-waits-subject = { $count ->
    [one] One thing waits for you today
   *[other] { $count } things wait for you today
}
mail-overdue = { $count ->
    [one] One of them is overdue.
   *[other] { $count } of them are overdue.
}
mail-step = { $step }: { $kind } { $number }
mail-yours = yours { $why } ({ $article })
mail-due = ; due { $due }
mail-why = You get this because you asked to be told as soon as something comes. Change it at { $address }
mail-why-daily = You get this because you asked for a mail each working day. Change it at { $address }
