# What the command line says to whoever types a command.

command-carried = { $number } (version { $version })
command-carried-before = { $number } (version { $version }), carried out before
command-no-record = there is no record at { $file }; name another with --database, or found an office with cityhall init
command-record-shut = the record { $record } cannot be opened
command-demo-broken-off = the record holds a demonstration whose story was broken off; remove it, or give an empty one with --database, and start again
command-record-full = the record has a directory already; give an empty one with --database
command-token = the token is not in force; make another on the account’s page
command-no-password = put the password of --as into CITYHALL_PASSWORD
command-session-ended = the session was ended at once; sign in again
command-wrong = the login or the password is wrong
command-locked = the login or the password is wrong, or was given wrongly too often; try again in { $wait }
command-who = say who acts: --as LOGIN with CITYHALL_PASSWORD, or --token
command-step = say the step as NUMBER.step or Kind.step
command-step-of-kind = say which step as Kind.step
command-with = “{ $typed }” is not FIELD=VALUE
command-no-file = there is no file { $file }
command-no-text = { $file } is not a text in UTF-8
command-unreadable = { $file } cannot be read
command-no-case = no case is named like “{ $only }”
command-no-kind = there is no kind “{ $kind }”; nearest: { $near }
command-no-step = there is no step “{ $step }” in { $kind }; nearest: { $near }
command-no-person = there is no person “{ $person }” in the directory; nearest: { $near }
command-no-account = there is no account “{ $login }”; cityhall account list names all
command-listen = cannot listen on { $address }; give another with --listen
command-no-rulebook = there is no rulebook folder { $folder }
command-no-calendar = there is no calendar folder { $folder }
