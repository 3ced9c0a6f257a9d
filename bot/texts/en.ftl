# Every word that a citizen reads, in English. Keys are those of id.ftl.

## Meeting

welcome =
    Hello! Just tell me what happened and where, in your own words. I pass it on to the authority in charge.

    For example: "the street light in Petung has been out for 2 weeks".
greet =
    Hello! Is there something to report? Write what happened and where. Photos and your location are welcome.
greet-draft = Hello again! Your report is still saved here.
thanks = You are welcome. Thank you for caring.
goodbye = Goodbye. Write any time there is something to report.
affirm = Good. If there is something to report, write what happened and where.
affirm-draft = If everything is right, press Send on this card.
deny = All right. I am here when you need me.
praise = Thank you, that is good to hear. Shall we pass this praise on to the agency? Press the button below.
out-of-scope = Sorry, I cannot help with that. I take complaints, wishes and questions for the government. If this is one, press the button below.
answer = { $answer }
help =
    This is how it works:
    • To report: write what happened and where, check the card, press Send.
    • To follow: send your ticket number (LP-XXXX-XXXX) or /status.
    • My reports: /laporanku
    • To cancel: /batal
    • Language: /bahasa · Your data: /privasi

    An emergency? Call 112.
scolded = Sorry that this upsets you. What you wrote is safe.
letters-back = All right.
sticker = I understand words, photos and locations; voice, video and documents I keep as attachments. Just write what happened and where.
sticker-draft = I do not understand this one; words, photos and locations I do. Your report is still saved.
group = Hello! To keep your data safe, reports are taken only in a private chat. Open my profile and press Start.
command-unknown = I do not know that command. Type /bantuan to see what I can do.
language-ask = Pilih bahasa · Choose a language
language-set = All right, I speak English from now on.
privacy =
    What we keep: your story, the place, attachments, and your name only if you give it. For one purpose: so that the authority in charge can act on your report and you can follow it.

    Without a name you are anonymous to the public and to whom you complain about. A secret report cannot be seen by the public. Your chat account is only used to keep you informed.

    A draft that was not sent can be deleted at any time.

## Danger

emergency =
    If there is danger right now, call first:
    { $hotlines }

    Once you are safe, you can still go on with your report here.

## The story

story-ask = What happened, and where? Write it in your own words. Photos are welcome.
story-too-short = Noted. Could you tell a little more: what happened, and where?
story-added = Added to your report. Have a look at the card.
story-noted = Noted.
story-same = That is already in your report.
story-edited = The story now reads as in the message you edited.
edit-unknown = I do not read changes to older messages. If there is something to add, write a new message.
card-story-long = “{ $beginning } … { $middle } … { $end }”
story-left-out = ({ $count } more letters, all of them kept)
story-replaced = The story was replaced.
new-story-ask =
    It now says:
    “{ $story }”

    Write the new story. It takes the place of the old one.
new-story-ask-long =
    It now says:
    “{ $beginning } … { $middle } … { $end }”

    Write the new story. It takes the place of the old one.
draft-kept = You still have a report that was not sent:
stale-ask =
    You still have a report that was not sent:
    “{ $story }”

    Is your last message part of it?

stale-ask-long =
    You still have a report that was not sent:
    “{ $beginning } … { $middle } … { $end }”

    Is your last message part of it?
stale-price = If not, this old report is deleted and your last message becomes a new one.

## The place

place-ask = Where is it? Write the road, the village or something nearby, or share your location.
new-place-ask = Write the place, or share your location.
place-noted = Place noted: { $place }.
place-found = Location noted: { $place }.
place-pin-kept = Location noted.
place-outside = That is in { $place }, outside our region. You can still send the report; it goes to the provincial government.
place-outside-province = That is outside our province. You can still send the report; it goes to the national service.
place-skipped = All right, without a place.

## The card

review-card = Your report. Have a quick look, then press Send.
review-choose = Your report. Choose its category first.
card-story = “{ $story }”
card-no-story = Story: none yet
card-type = Type: { $type }
card-category = Category: { $category }
card-category-doubt = Category: choose what fits best below
card-category-unknown = Category: not known (an officer will decide)
card-place = Place: { $place }
card-place-pin = Place: the location you shared
card-no-place = Place: not given
card-outside = { $place } is outside our region; the report goes to the provincial government.
card-outside-province = This place is outside our province; the report goes to the national service.
card-day = Time: { $since }
card-days = Time: { $since } – { $until }
card-files = Attachments: { $files }
card-anonymous = Identity: anonymous
card-named = Name: { $name } (only for the officers in charge)
card-secret = Secret: others cannot see it, not even with its number
card-sensitive = This report will be held by special officers, not by whom it is about. Press Keep secret if the public must not see what it says.
card-consent = By pressing Send you agree that this report is kept and passed on to the authority in charge.
card-filed = This report was sent.
card-cancelled = This report was cancelled.
type-complaint = Complaint
type-aspiration = Aspiration
type-information = Request for information
type-ask = Is this a complaint, a wish, or a question?
type-noted = The type was changed.
category-groups = Choose the field:
category-leaves = { $group }. Choose what fits best:
category-noted = Category noted.
category-unknown-noted = That is fine, an officer will decide the category.
category-none = not decided yet
change-ask = What would you like to change?
name-ask = Type your name. Only the officers in charge see it.
name-from-profile = Your name is given as { $name }, only for the officers in charge. Type another one if you like.
name-noted = Name given: { $name }. Only the officers in charge see it.
name-dropped = The name was removed. You are anonymous again.
secret-noted = Kept secret: others cannot see it at all, not even with its number. Special officers read it first.
publish-noted = No longer secret: the public can see the category and the progress, never the story.
photo-ask = Send the photo now, or several. Video, voice and documents are welcome, too.
files-photo = { $count ->
        [one] { $count } photo
       *[other] { $count } photos
    }
files-video = { $count ->
        [one] { $count } video
       *[other] { $count } videos
    }
files-voice = { $count ->
        [one] { $count } voice message
       *[other] { $count } voice messages
    }
files-document = { $count ->
        [one] { $count } document
       *[other] { $count } documents
    }
files-noted = Attachments noted: { $files }
files-enough = There are { $most } attachments, and that is the limit. Those that are there are kept.
send-too-early = A little more before it can be sent.
send-choose = Before sending, choose the category, or press I do not know.

## Files

files-refused = We could not keep { $files }.
file-empty = There is nothing in it. Please send it once more.
file-too-big = It is larger than 20 MB. Send a smaller one, for example a shorter video.
file-too-large-inside = What is in it is too large to be opened. Send it as an ordinary photo.
file-broken = It is broken or cut off. Please send it once more.
file-kind = We cannot open this kind. These we can: photos, videos, voice, PDF and documents.
file-program = It is a program or a web page, which we do not take, for everybody's safety. Send a picture of the screen.
file-macros = There is a program or another file inside. Print it as an ordinary PDF, or send a photo of it.
file-disguised = It is more than it seems to be, so we do not take it, for everybody's safety. Send a picture of the screen.
file-locked = The document is locked with a password. Send it unlocked, or a photo of it.
file-disk-full = Our storage is full just now. Please send it again later.
file-gone = We could not fetch it. Please send it once more.
files-draft-kept = Your story and everything else are kept. The report can be sent without it.
files-case-goes-on = Reports that were sent are being handled all the same.

## Giving up a draft

cancel-ask = Cancel this report? Its story and attachments will be deleted.
cancelled = The report was cancelled and deleted. Write any time to report again.
cancel-nothing = No report is being made. Would you like to make one?
button-stale = That button is no longer valid.
already-filed = That report was already sent, with the number { $ticket }.

## Filed

filed = Report sent. Your ticket number: { $ticket }
filed-held = Report received. Your ticket number: { $ticket }
filed-agency = In charge: { $agency }. { $reason }
filed-deadline = Answered by { $date } at the latest.
filed-secret = This report is secret: only you and the authorised officers can open it.
filed-follow = Keep the number. Send it here at any time to see the progress.
filed-link = The page of your report, only for you: { $link }
filing-paused = Thank you, you have sent many reports. This one is kept, and can be sent from { $until }.
turn-failed = Sorry, something went wrong on our side and your last message could not be worked on. What was saved is not lost. Please try again in a moment.
moved = Report { $ticket } is now in charge of { $agency }. { $reason }

## Following a case

status-title = { $ticket } · { $status }
status-about = { $type } · { $category }
status-agency = In charge: { $agency }
status-reason = { $reason }
status-filed = Received: { $date }
status-deadline = Answered at the latest: { $date }
status-next-received = Next: an officer checks it and passes it on.
status-next-forwarded = Next: the agency acts and answers.
status-secret = This report is secret: only you and the authorised officers can open it.
status-received = Received
status-forwarded = Passed on to the agency
status-withdrawn = Withdrawn by the reporter
cases-title = Your reports:
cases-one = { $ticket } · { $status } · { $category } · { $date }
cases-none = You have not sent a report from here yet.
ticket-ask = Do you have a ticket number? Send it, for example LP-2345-67CX.
ticket-mistyped = The number { $number } seems to be mistyped. Please check its letters.
ticket-likely = Did you mean this report?
ticket-unknown = The number { $number } was not found. Please check it, or type /laporanku.
ticket-unreadable = That is not a ticket number yet. It looks like LP-XXXX-XXXX, for example LP-2345-67CX.
ticket-paused = Too many numbers were not found. Try again from { $until }. Your own reports are still in /laporanku.
withdraw-ask = Withdraw report { $ticket }? It will not be worked on any more.
withdraw-kept = All right, report { $ticket } goes on.
withdrawn = Report { $ticket } was withdrawn.
withdrawal-refused = Report { $ticket } can no longer be withdrawn. Send its number to see where it is.
aside-ask = Is that message a new report? If so, press the button below. To see how a report is going, type /laporanku.

## Why this agency has it

reason-rule = This agency is in charge of { $category }.
reason-rule-type = This agency is in charge of { $type }: { $category }.
reason-rule-region = This agency is in charge of { $category } in { $region }.
reason-sensitive = A report like this is held by special officers, never by whom it is about.
reason-secret = A secret report is first read by special officers.
reason-outside-regency = The place is in { $place }, outside our region.
reason-outside-unnamed = The place is outside our province.
reason-outside-province = The place is in { $place }, outside our province.
reason-unknown-category = An officer will decide the category and pass it on.
reason-fallback = There is no rule for this matter yet; an officer will pass it on.
reason-by-hand = An officer passed it on to this agency.

## Buttons

button-report = Make a report
button-mine = My reports
button-help = Help
button-make-report = Make it a report
button-send = Send
button-change = Change
button-photo = Add a photo
button-name = Give my name
button-drop-name = Remove name
button-secret = Keep secret
button-publish = Do not keep secret
button-all = See all
button-unknown = I do not know
button-share-place = Share location
button-skip = Skip
button-back = Back
button-cancel = Cancel
button-cancel-yes = Yes, cancel
button-delete-draft = Delete draft
button-change-story = Story
button-change-category = Category
button-change-place = Place
button-change-type = Type
button-continue = Yes, add it
button-fresh = No, a new report
button-show-status = Show status
button-ticket = { $ticket }
button-copy = Copy { $ticket }
button-withdraw = Withdraw report
button-withdraw-yes = Yes, withdraw
button-language-id = Bahasa Indonesia
button-language-en = English

## The list of commands

command-lapor = Make a report
command-status = See the progress of a report
command-laporanku = All my reports
command-batal = Cancel the report being made
command-bantuan = How to use this
command-bahasa = Change the language
command-privasi = What is kept of you

## Web

web-title = Lapor { $regency }
web-about = Report anything to the government of { $regency }, in your own words.
web-skip = Go to the message box
web-talk = Conversation
web-you = You:
web-us = Lapor:
web-write = Write a message
web-send = Send message
web-attach = File
web-camera = Camera
web-attached = Ready to go along:
web-unattach = Remove files
web-place-sought = Looking for where you are …
web-place-missing = Your location could not be read. Just write the street or a landmark.
web-place-shared = Location: { $lat }, { $lon }
web-menu = Menu
web-language = Language
web-leave = Start anew
web-leave-about = On a shared computer: this browser forgets your conversation at once. Reports that were sent are kept; write down their numbers first.
web-notices = Notify me
web-notices-on = This browser will tell you when there is an answer.
web-notices-off = Notices are not allowed in this browser. Answers are always on this page.
web-sending = sending …
web-waiting = waiting for a connection
web-offline = No connection. Your messages are kept here and go out as soon as there is one.
web-typing = reading …
web-copied = Copied
web-still-reading = Your message has arrived and is being read.
web-reload = Reload
web-offline-title = No connection
web-offline-about = This page needs the internet. Messages that are not sent yet are kept on this device and go out as soon as there is a connection.
web-push = There is news about your report
web-slow-down = Your messages come too fast. Nothing is lost: wait a moment, then send again.
web-too-long = This message is too long, { $most } letters at most. Nothing is lost: divide it into several.
web-not-saved = Sorry, something is wrong on our side. Nothing is lost: send it again in a moment.
web-not-from-here = That message came from another page, so it was not taken. Please write from this page.
web-not-read = That message could not be read, perhaps it is too large. Try again with fewer or smaller files.
web-no-visitor = This browser was not known any more. Check your message, then send it once more.
web-file-too-big = One file is larger than { $megabytes } MB and did not go along. Your story is kept; try a smaller file.
web-file-too-many = At most { $most } files at once. The rest did not go along; send them in your next message.
web-file-kind = That kind of file cannot be taken. Your story is kept; send photos, video, voice or documents.
web-file-not-kept = One file could not be kept yet. Your story is kept; try sending the file again later.
web-file-later = You have sent many files for now, so these did not go along. Your story is kept; send them again later.

## Case page

case-page-title = Report { $ticket }
case-skip = Go to the content
case-title-district = { $category } in { $district } district
case-title-regency = { $category } in { $regency }
case-title-outside = { $category } outside { $regency }
case-number = Ticket number
case-type = Kind
case-category = Category
case-regency = Region
case-agency = Handled by
case-filed = Received
case-deadline = Answered
case-day = { $date }
case-deadline-day = by { $date } at the latest
case-deadline-late = was due by { $date }. That day has passed.
case-next-withdrawn = This report was withdrawn by its reporter and is no longer handled.
case-timeline = What happened so far
case-yours = Only for you
case-yours-about = Only your link shows this part. Do not share the link; the ticket number may be shared.
case-yours-about-secret = Only your link opens this page. Do not share the link. For anyone else this number is not found.
case-reason = Why this agency
case-story = Your story
case-story-erased = This story has been erased.
case-place = Place
case-identity = Identity
case-files = Attachments
case-file-photo = Photo { $number }
case-file-video = Video { $number }
case-file-voice = Voice message { $number }
case-file-document = Document { $number }
case-file-wanted = { $file }: being saved
case-file-gone = { $file }: not kept
case-file-refused = { $file }: { $why }
case-share = The page for everyone
case-share-about = Scan this code, or open the address. Story, name and attachments are not shown there.
case-share-picture = QR code of this page's address
case-hers-hint = Is this your report? Open the link you got when it was sent to see everything.
case-missing-title = Report not found
case-missing = This number was not found. Please check its letters. A report of your own always opens with the link you got when it was sent.
case-unknown = Number { $number } was not found. Please check its letters. A report of your own always opens with the link you got when it was sent.
case-paused-title = A short pause
case-paused = Too many numbers that were not found. Try again from { $until }. Your own report still opens with the link you got when it was sent.
case-away-title = Something is wrong
case-away = Sorry, something is wrong on our side. Nothing is lost: open this again in a moment.
check-title = Check a report
check-about = Write the ticket number to see how far the report has come.
check-number = Ticket number
check-example = For example LP-2345-67CX. Small letters, spaces, or no dashes are fine, too.
check-button = Show report
check-again = Check another number
check-chat = Make a report
