# Meetings.

meeting-agenda = Agenda
meeting-no-agenda = Nothing stands on the agenda yet.
meeting-attendance = Who attends
meeting-in-the-chair = In the chair
meeting-stood-for = stood in for
meeting-not-entered = In no capacity
meeting-minutes = Minutes
meeting-read-minutes = Read the minutes in full
meeting-minutes-there = Written
meeting-versions = Versions of the agenda
meeting-about = Matters about this meeting
meeting-about-note = { $kind } { $number }
meeting-lacks = { $step } ({ $who })
