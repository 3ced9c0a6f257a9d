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
affirm-place = Only the place is left. In which village or ward?
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
    • Two apps? Join them: /join

    An emergency? Call 112.
pauses = Fine, I will wait. What you have written is kept. If that message belongs to the report, press the button below.
fears = It is natural to worry. Your name is not shown unless you press Give my name yourself. If the public should not see what you wrote either, press Keep secret before you send it.
fears-filed = The public only sees the category, the district and the progress of your report, not your name or what you wrote; a secret report is not seen at all. If a report that was sent has to be secret: open it in My reports, take it back, and send it again with Keep secret.
scolded = Sorry that this upsets you. What you wrote is safe.
letters-back = All right.
sticker = I understand words, photos and locations; voice, video and documents I keep as attachments. Just write what happened and where.
thumb = Ready. If everything is right, press Send.
file-not-taken = We cannot take photos and files here, and keep none. Just tell in words what can be seen.
sticker-draft = I do not understand this one; words, photos and locations I do. Your report is still saved.
group = Hello! To keep your data safe, reports are taken only in a private chat. Open my profile and press Start.
command-unknown = I do not know that command. Type /bantuan to see what I can do.
mention-invitation = So that only the officers read it, send your report to this account as a direct message (DM); write "use" there if your post may be its text.
account-code-missing = Write the code behind the command: /masuk CODE. The service's admin gives it to you.
account-code-wrong = That code does not hold here. Check it, or ask the service's admin for a new one.
account-paused = Too many tries. Try again from { $until }.
account-tied = Welcome, { $name }. Type /tugas to see the reports that wait for you.
lesson = What is this message about? ({ $left } to go)

    “{ $words }”
lesson-five-done = Thank you, five messages are done.
lesson-all-done = No message waits. Thank you!
button-teach-more = Five more
button-teach-others = Another label
button-teach-kind = Type: { $type }
lesson-groups = Which group?
lesson-leaves = Which category?
lesson-kinds = What type of message is this?
language-ask = Pilih bahasa · Choose a language
language-set = All right, I speak English from now on.
privacy =
    What we keep: your story, the place, attachments, and your name only if you give it. It is kept so that the authority in charge can act on your report and you can follow it.

    Without a name you are anonymous to the public and to whom you complain about. A secret report cannot be seen by the public. Of any other, whoever reports the same sees category, district, status and how many reported it, never your story. Your chat account is only used to keep you informed. From sentences that are not secret, with personal data covered, this service learns to understand citizens.

    A draft that was not sent can be deleted at any time. All that is kept of you can be had, and can be deleted.

## Danger

emergency = If there is danger right now, call first:
emergency-number = { $number } · { $name }
emergency-after = Once you are safe, you can still go on with your report here.

## The story

story-ask = What happened, and where? Write it in your own words. Photos are welcome.
story-ask-there = The place is known. What happened there?
story-too-short = Noted. Could you tell a little more: what happened, and where?
story-too-short-there = Noted. Could you tell a little more about what happens there?
story-more = Just write it here, I will add it to the report.
story-added = Added to your report. Have a look at the card.
story-not-added = I have not put that into your report. If it is part of it, press the button below.
story-noted = Noted.
story-same = That is already in your report.
story-edited = The story now reads as in the message you edited.
edit-filed = That report has been sent. Shall I add this to it?
name-filed = That report has been sent. I can add your name as a note, for the officers only.
name-hidden-filed = The public never sees your name; if you gave it, only the officers who handle the report do. I can add this wish for them.
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
place-ask-information = Which village or ward are you in? If the place does not matter, just skip this.
place-help = The village is enough, or what can be seen nearby, like a school or a mosque. If you do not know, just skip this.
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
card-matters = There seem to be { $count ->
        [2] two
        [3] three
       *[other] { $count }
    } matters. Reported apart, each reaches its own agency:
card-matter = { $number }. { $category }: “{ $words }”
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
card-days-month = Time: { $first }–{ $last } { $month }
card-since = Time: since { $since }
card-files = Attachments: { $files }
card-anonymous = Identity: anonymous
card-named = Name: { $name } (only for the officers in charge)
card-secret = Secret: others cannot see it, not even with its number
card-sensitive = This report will be held by special officers, not by whom it is about. Press Keep secret if the public must not see what it says.
card-consent = By pressing Send you agree that this report is kept and passed on to the authority in charge.
card-nearby = Reported already by { $people ->
        [1] one person
       *[other] { $people } people
    }: { $category }, { $place } · { $status } · since { $since } · { $ticket }
card-nearby-closed = Closed just now: { $category }, { $place } · { $closed } · { $ticket }
card-nearby-same = The same matter? Just support that report and follow it. If not, go on with your own.
card-nearby-again = If it is not mended after all, go on with your report.
card-put-aside = This report was not sent. You support report { $ticket }.
card-filed = This report was sent.
card-cancelled = This report was cancelled.
card-answer = { $question }: { $answer }
answer-noted = Noted. { $question }: { $answer }
answer-skipped = not given
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
name-dropped = Your name is not given.
split-noted = Set apart. Send this one first; I keep the { $count ->
        [2] second
       *[other] others
    } and show { $count ->
        [2] it
       *[other] them
    } afterwards.
split-next = Now the next one.
kept-one = All right, it stays one report.
join-noted = One report again.
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
send-choose = Choose the category below. Or answer “send” once more: an officer will decide.
send-choose-first = Choose the category below. Or answer “send” once more: this report goes in as { $category }.

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

## What a message does

secrecy-offer-accusing = Reports like this are held by designated officers, not by whoever is reported.
secrecy-offer-accusing-afraid = It is natural to worry. This report is held by designated officers, not by whoever is reported.
secrecy-offer-afraid = It is natural to worry. Your story is only read by the officers in charge.
secrecy-ask = Should it be kept secret, too? If so, the public cannot see it at all. If not, the public only sees its category, district and progress.
secrecy-doubt =
    So, should this report be kept secret or not? Until you answer, I keep it secret.
    If so, the public cannot see it at all. If not, the public only sees its category, district and progress.
open-stays = All right, it is not kept secret. The public still cannot see your story.
secret-stays = All right, this report stays secret.
secrecy-kept = I keep this report secret: the public cannot see it. Designated officers hold it, not whoever is reported, and your name is not given.
seen-by-public = The public can only see its category, district and progress, not your story or photos.
seen-secret = This report is secret: the public cannot see it, not even by its number.
seen-by-officers = The story is read by officers of the agency in charge.
seen-by-designated = The story is held by designated officers, not by whoever is reported.
seen-name = The name { $name } is only seen by the officers in charge.
seen-no-name = Your name is not given, so officers do not see it either.
secret-heard = All right, this report is kept secret: others cannot see it, not even with its number.
secret-heard-afraid = It is natural to worry. This report is kept secret: nobody else can see it, not even with its number.
open-already = This report is not secret. Your name and your story are still seen by officers only.
open-ask = This report is secret now. If it is opened, the public sees its category, district and progress. Open it?
name-none = Do not worry, your name is not shown.
name-offer = Your name is only given if you press the button. Give it?
name-unclear = I did not take that as a name. Type just your name, or press Send without one. If that message belongs to the report, press the button below.
kept-safe = Do not worry, nothing was deleted.
photo-none = There is no photo in this report yet.
photo-taken-back = The last photo was taken out of the report.
photos-taken-back = Taken out of the report.
no-answer = I have no answer to that, and I will not invent one. Shall I ask the agency in charge?
no-answer-in-draft = I have no answer to that yet. Ask again once this report is sent, and I will pass it on to the agency. If that message belongs to the report, press the button below.
service-in-short = In short: free, without ID card or account; name, photo and place may be left out. After Send you get a ticket number, and an officer of the agency in charge answers here. If that message was part of the report, press the button below.
other-matter = One report for one matter, so that it is handled soon. Send this one first, then write the other. If that message is still about this matter, press the button below.
still-asked = All right.
cancel-doubt = Nothing has been deleted. Press one of these:
place-doubt = “{ $words }”: is that the place, or more of the story?

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
filed-urgent = This is urgent: officers are told at once and must take it within { $count } h. If the danger is still there, call 112.
filed-deadline = Answered by { $date } at the latest.
filed-secret = This report is secret: only you and the authorised officers can open it.
filed-follow = Keep the number. Send it here at any time to see the progress.
filed-link = The page of your report, only for you: { $link }
draft-link = The page of this report, only for you, before it is sent and after: { $link }
draft-title = Your report is not sent yet
draft-about = To send it, answer our message with Send. On this page it can only be read.
draft-only-you = Do not share the address of this page: whoever has it can read your report.
draft-ended = This link opens no report any more. A report that was cancelled is not kept; one that was sent opens by the last link that you were given.
link-renewed = A new link to the page of report { $ticket }, only for you: { $link }
link-former = The former link no longer works. Your report stays as it is.
link-choose = The link to which report shall be replaced?
filing-paused = Thank you, you have sent many reports. This one is kept, and can be sent from { $until }.
turn-failed = Sorry, something went wrong on our side and your last message could not be worked on. What was saved is not lost. Please try again in a moment.

## Following a case

status-same = Nothing has changed since you last asked, { $at }.
status-changed = Changed since you last asked: { $before } → { $status }.
status-news = There is news since you last asked, { $at }.
status-title = { $ticket } · { $status }
status-about = { $type } · { $category }
status-agency = In charge: { $agency }
status-reason = { $reason }
status-filed = Received: { $date }
status-deadline = Answered at the latest: { $date }
status-next-received = Next: an officer checks it and passes it on.
status-next-needs_info = Next: an officer is waiting for the reporter's answer to a question.
status-next-forwarded = Next: the agency acts and answers.
status-next-in_progress = Next: the agency works on it and answers.
status-next-answered = Next: the reporter says whether it is mended.
status-next-disputed_authority = Next: the arbiter decides which agency is in charge.
status-next-closed = This report is finished. If it is not mended after all, the reporter can open it again.
status-next-rejected = This report cannot be handled. The reporter can ask another officer to look at it once more.
status-next-merged = This report is handled together with another about the same matter.
status-next-referred = This report is a matter for another body outside this service. The national service SP4N-LAPOR! takes it too: lapor.go.id, or SMS to 1708.
status-next-withdrawn = This report was withdrawn by its reporter and is no longer handled.
status-secret = This report is secret: only you and the authorised officers can open it.
status-received = Received
status-needs_info = Waiting for the reporter
status-forwarded = Passed on to the agency
status-in_progress = Being worked on
status-answered = Answered
status-disputed_authority = Waiting for the arbiter
status-closed = Finished
status-rejected = Rejected
status-merged = Joined with another report
status-referred = Referred to another body
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
withdrawn-alone = You are no longer the reporter of { $ticket }. It goes on, for other citizens support it.
withdrawal-refused = Report { $ticket } can no longer be withdrawn. Send its number to see where it is.
aside-ask = Is that message a new report? If so, press Make it a report. To see how a report is going or to add something, press My reports.

supported = You support report { $ticket }. Now { $people } people have reported it.
supported-follow = We tell you here when something happens. You find that report in /laporanku, too.
supported-link = Its page: { $link }
put-aside = Your own report was not sent, and is kept.
support-refused = Report { $ticket } cannot be supported: it is closed, your own, or not to be found.
support-stopped = You no longer support report { $ticket }, and are told no more of it.
supported-news = News of report { $ticket } that you support: { $status }. Send its number to see more.
supported-merged = Report { $ticket } that you support was joined with another about the same matter, which you support now, too: see /laporanku.
supported-hidden = Report { $ticket } that you support is no longer open to the public. You get no more news of it.
status-supported = You support this report.
status-people = { $people ->
    [one] One person has reported it.
   *[other] { $people } people have reported it.
}
cases-supported = { $ticket } · { $status } · { $category } · you support it

## What she does with a report of hers

own-ask-reply = Write your answer for report { $ticket }. Photos are welcome, too.
own-ask-dispute = Sorry that it is not mended. What is still wrong? A few words are enough, photos are welcome, too.
own-ask-reopen = What is not mended after all? A few words are enough, photos are welcome, too.
own-ask-appeal = Why should report { $ticket } be looked at once more? A few words are enough, photos are welcome, too.
own-ask-add = What would you like to add to report { $ticket }? Just write it, or send a photo.
own-ask-remark = Is there anything you would like to say about how it was handled? Just write it, or press Skip.
own-question = The question: “{ $words }”
own-sent-ask = Is there more? Just write or send it. When that is all, press That is all.
own-choose = What is this message for?
own-kept = All right. Report { $ticket } stays as it was.
own-not-lost = What you wrote is not lost.
own-remark-none = All right. Thank you.
own-reply-done = Thank you. Your answer for report { $ticket } was passed on.
own-reply-until = { $agency } goes on with it. Answered by { $date } at the latest.
own-confirm-done = Good to hear! Report { $ticket } is finished.
own-dispute-done = Thank you for telling us. Report { $ticket } is being worked on again.
own-reopen-done = Report { $ticket } is open again.
own-review-liaison = Another officer at { $agency } looks at it now. You hear more by { $date } at the latest.
own-review-agency_admin = The head of { $agency } looks at it now. You hear more by { $date } at the latest.
own-review-arbiter = An arbiter outside { $agency } looks at it now. You hear more by { $date } at the latest.
own-appeal-done = Report { $ticket } is looked at once more by another officer, by { $date } at the latest.
own-add-done = Added to report { $ticket }. { $agency } can read it.
own-rate-ask = How was it handled? 1 is poor, 5 is very good.
own-rate-done = Thank you for the rating.
own-remark-done = Thank you, your words are kept with the rating.
own-since-moved = That button is from before: report { $ticket } has changed hands since.
own-since-asked = That button is from before: since then an officer has asked about report { $ticket }.
own-since-replied = You have already answered the question about report { $ticket }.
own-since-answered = That button is from before: since then there is a new answer to report { $ticket }.
own-since-confirmed = You have already said that report { $ticket } is mended.
own-since-contested = You have already said that report { $ticket } is not mended.
own-since-reopened = Report { $ticket } was opened again already.
own-since-appealed = You have already asked for report { $ticket } to be looked at once more.
own-since-withdrawn = You have already withdrawn report { $ticket }.
own-since-ended = That button is from before: report { $ticket } is closed by now.
own-urgent = Urgent: officers must take it within { $count } h; if not, their superior is told. If the danger is still there, call 112.
own-urgent-taken = Urgent, and an officer has taken it. If the danger is still there, call 112.
own-late = Late: it should have been answered by { $date }. Those above have been told. If it still is not answered, you can turn to the Ombudsman: telephone 137.
own-said = The officer says: “{ $story }”
own-said-long = The officer says: “{ $beginning } … { $middle } … { $end }”
own-said-of = { $ticket }, the officer says: “{ $words }”
own-next-reply = Next: we wait for your answer, by { $date } at the latest.
own-next-confirm = Next: tell us whether it is mended, by { $date } at the latest.
own-next-appeal = You do not agree? Until { $date } you can ask another officer to look at it.
own-next-liaison = Next: another officer at { $agency } looks at it again and answers.
own-next-agency_admin = Next: the head of { $agency } looks at it again and answers.
own-next-arbiter = Next: an arbiter outside { $agency } looks at it and answers.
own-next-reopen = This report is finished. If it is not mended after all, you can open it again.
own-next-elsewhere = We passed it on to { $contact }. What happens there we tell you here.
own-next-over = This report is finished.
button-own-reply = Answer the question
button-own-confirm = Yes, it is mended
button-own-dispute = Not mended
button-own-rate = Give a rating
button-own-reopen = Open again
button-own-appeal = Ask for another look
button-own-add = Add something
button-own-done = That is all
button-own-add-to-draft = Put it into the new report
button-rating = { $count }
button-choose-reply = Answer for { $ticket }
button-choose-confirm = { $ticket } is mended
button-choose-dispute = { $ticket } is not mended
button-choose-add = Add it to { $ticket }

## Why this agency has it

reason-rule = This agency is in charge of { $category }.
reason-rule-type = This agency is in charge of { $type }: { $category }.
reason-rule-region = This agency is in charge of { $category } in { $region }.
reason-sensitive = A report like this is held by special officers, never by whom it is about.
reason-secret = A secret report is first read by special officers.
reason-all-accused = This report names every body that would usually hold it, so the regency's admin has it. { $ombudsman ->
    [none] You may also turn to the Ombudsman.
   *[other] You may also turn to { $ombudsman }.
 }
reason-outside-regency = The place is in { $place }, outside our region.
reason-outside-unnamed = The place is outside our province.
reason-outside-province = The place is in { $place }, outside our province.
reason-unknown-category = An officer will decide the category and pass it on.
reason-fallback = There is no rule for this matter yet; an officer will pass it on.
reason-by-hand = An officer passed it on to this agency.
reason-stand-in = { $parent } has it for now and passes it on to { $agency }.

## Buttons

button-report = Make a report
button-mine = My reports
button-help = Help
button-make-request = Make it a request for information
button-make-report = Make it a report
button-send = Send
button-change = Change
button-photo = Add a photo
button-unphoto = Remove attachment { $number }
button-name = Give my name
button-drop-name = Remove name
button-secret = Keep secret
button-publish = Do not keep secret
button-all = See all
button-split = Make two of it
button-split-three = Make three of it
button-split-many = Make { $count } of it
button-join = Make one of it
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
button-stay-secret = Keep it secret
button-stay-open = No need
button-stay-anonymous = Stay without a name
button-place-is = That is the place
button-more-story = More of the story
button-continue = Yes, add it
button-fresh = No, a new report
button-more = Show all
button-options = Other options
button-choose = Choose
options-list = Choose one:
button-show-status = Show status
button-ticket = { $ticket }
button-call = Call { $number } · { $name }
button-copy = Copy { $ticket }
button-withdraw = Withdraw report
button-withdraw-yes = Yes, withdraw
button-keep-case = Let it go on
button-support = Support that report
button-support-one = Support { $ticket }
button-stop-supporting = Stop supporting
button-resume = Go on with mine
button-language-id = Bahasa Indonesia
button-language-en = English

## Her own data, and the news of her village

kept-ready = This is everything we keep of you. Nobody but you gets it.
kept-html = Your data, to be read.
kept-json = The same data, to be opened with another program.
kept-link = Open it in this browser: { $link }
kept-link-json = For another program: { $link }
kept-title = Your data at the Lapor service
kept-about = This is everything we keep of you. What officers note for themselves is not part of it. Links to photos work until tomorrow. Want it deleted? Write "delete my data" in the talk.
kept-reports = Your reports
kept-draft = A draft that was not sent
kept-supported = Reports of others that you support
kept-files = Other files
kept-learnt = Used to train this service (personal data covered)
kept-messages = Our talk
kept-made-at = Made
kept-account = Chat account
kept-filed-at = Sent
kept-status = Status
kept-category = Category
kept-agency = Authority
kept-story = Story
kept-name = Name
kept-place = Place
kept-village = Village
kept-pin = Point on the map
kept-weekly = Weekly news
kept-steps = What happened
kept-moment = { $at }
kept-button = (pressed a button)
kept-by-you = you
kept-by-service = the service
kept-by-office = an officer
kept-open-file = Open the file
kept-file-gone = The file is not kept
kept-counted =
    { $cases ->
        [0] We keep this talk. There is no report of yours yet.
        [one] We keep this talk and one report of yours.
       *[other] We keep this talk and { $cases } reports of yours.
    } The whole file cannot be sent here; come to the office if you need it.
kept-numbers = The numbers: { $tickets }
kept-paused = You have had your data three times today. You can ask for it again from { $until }.
forget-ask = Delete your data from this chat? The chat, your draft, your name, and the mark that you are the reporter will go. A secret report is withdrawn. The story and photos of reports that are over are deleted.
forget-stays = A public report that is still being worked on goes on without you: you are not asked and not told any more. What officers did is kept as the archive rules say, without your name.
forget-last = This cannot be undone. Want a copy? Press My data first.
forget-press = To be sure, please press the button.
forget-kept = All right, everything is kept.
forget-done = Your data is deleted. Thank you for using this service. Just write if you ever want to report again.
forget-goes-on = These go on without you: { $tickets }
proof-ask = { $what ->
    [forget] You asked us to delete your data.
    [withdraw] You asked us to withdraw a report.
    [new-link] You asked for the link to a report to be changed.
    [join] You agree that this chat is joined with another.
    [join-secret] You asked that secret reports be seen in another chat.
   *[publish] You asked us to open a secret report.
 } To be sure it is you, send back these 6 digits within 10 minutes:
proof-code = { $code }
proof-not-you = Not you? Ignore this: nothing has changed.
proof-wrong = These digits do not match. Try again: { $left } left.
proof-failed = The digits did not match three times. Nothing has changed. If it is you, please ask once more.
proof-expired = Those digits were sent more than 10 minutes ago. Nothing has changed. Please ask once more.
proof-paused = Digits were sent to you several times today. Nothing has changed. Ask again after { $until }.
button-own-data = My data
button-forget = Delete my data
button-forget-yes = Yes, delete everything
weekly-ask = Which village? Write its name.
weekly-how = Write subscribe and the name of the village, like this: subscribe Petung.
weekly-unknown = We do not find that village here. Try its name alone, such as Petung.
weekly-taken = All right. Every Friday morning you hear of { $village }: how many reports are new, how many are solved. When nothing happened, we are silent.
weekly-stopped = All right, the weekly news have ended.
weekly-none = You do not get any weekly news.
weekly-not-here = The weekly news cannot be had by text message yet. In Telegram and on the web page they can.
weekly-news = This week in { $village }: { $counts }.
weekly-news-since = Since { $since } in { $village }: { $counts }.
weekly-solved =
    { $count ->
        [one] one report solved
       *[other] { $count } reports solved
    }
weekly-new =
    { $count ->
        [one] one new report
       *[other] { $count } new reports
    }
button-weekly = Weekly news of { $village }
button-weekly-stop = Stop the news

## Recordings

voice-words = In your recording we hear: “{ $words }”
voice-ask = Is that what you said? If so, these words go into your report. The recording stays attached.
voice-used = All right, the words of the recording are in it.
voice-left = All right, those words are not used. The recording stays attached; just write it in your own words.
voice-not-read = Your recording is kept, but we could not read its words. Just write it in your own words.
button-voice-yes = Yes, use them
button-voice-no = Not like that

## Joined chats

joining-what = This chat can be joined with a chat of yours in another app. Whoever holds one of them can then read and answer your reports.
joining-code = In that other app type: join { $code } (good for 10 minutes, once).
joining-nobody = Tell nobody this code. Officers never ask for it.
joining-typed = The code is right. Now open your chat in { $channel } and agree there. The number here: { $number }
joining-typed-next = The same number stands there. Before you agree nothing is joined.
joining-ask = Your code was just typed in { $channel }, and there the number { $number } is shown. If you agree, whoever holds that chat can read, answer and withdraw your reports.
joining-officers = Not you, another number, or did somebody tell you to? Then do not agree. Officers never ask for this.
joining-by-words = If you agree, answer: yes, join. If not, answer: do not join.
joining-done = Joined with your chat in { $channel }. Your reports are seen in both, and news comes to where you wrote last.
joining-secret-stays = Reports that are secret or sensitive are still seen only where you sent them.
joining-part-by-words = To part them again, answer: unlink.
joining-declined = All right, nothing is joined. That code is good no more.
joining-was-declined = It was not agreed to. Nothing is joined.
joining-parted = Parted from: { $channels }. Reports from there are seen here no more, nor yours there.
joining-was-parted = This chat was parted from: { $channels }. Reports from there are seen here no more.
joining-none = This chat is joined with no other. To join one, type /join.
joining-with = Joined with: { $channels }. Not by you? Type: unlink.
joining-secret-shown = Secret and sensitive reports from here are now seen in: { $channels }, too. To close them again, type: hide secret reports.
joining-secret-hidden = Secret and sensitive reports from here are seen no more in: { $channels }.
joining-unknown = That code is not right, or good no more. Ask for a new one with /join in your other chat.
joining-paused = A code was tried or asked for several times. Try again after { $until }. Nothing is joined.
joining-own = That code is of this chat. Type it in your other chat, in the other app.
joining-already = This chat is joined with others. To join it with a new one, type first: unlink.
joining-many = This chat is joined with three others, and more cannot be.
joining-unproven = No code can be typed here, because a sender's name can be forged. Ask for a code from here (answer: join my accounts), then type it in the other app.
joining-late = Nothing waits for your word any more. Ask for a new code with /join.
joining-unreadable = Type /join alone for a code, or /join and the eight digits from your other chat.
forget-elsewhere = This chat was parted from the others. What came from there is kept: type delete my data there, too, if you want it deleted.
button-part = Part them
button-join-yes = Yes, join them
button-join-no = Do not join
button-join-secret = Show the secret ones

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
web-check-report = Check a report
web-reports = Reports of citizens
web-statistics = Statistics
manual-link = Manual
web-leave = Start anew
web-leave-about = On a shared computer: this browser forgets your conversation at once. Reports that were sent are kept; write down their numbers first.
web-notices = Notify me
web-notices-on = This browser will tell you when there is an answer.
web-notices-off = Notices are not allowed in this browser. Answers are always on this page.
web-sending = sending …
web-waiting = waiting for a connection
web-offline = No connection. Your messages are kept here and go out as soon as there is one.
web-typing = reading …
web-edit = Edit
web-editing = You are editing an earlier message.
web-edit-stop = Never mind
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
web-file-kind = Cannot be taken: { $files }. Your story is kept; send photos, video, voice or documents.
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
case-people = Reported by
case-people-count = { $people ->
    [one] One person
   *[other] { $people } people
}
case-filed = Received
case-deadline = Answered
case-day = { $date }
case-urgent = Urgent
case-urgent-take = officers must take it within { $count } h; if not, their superior is told. If the danger is still there, call 112.
case-urgent-taken = an officer has taken it. If the danger is still there, call 112.
case-deadline-day = by { $date } at the latest
case-deadline-late = was due by { $date }. That day has passed.
case-answer = The agency's answer
case-timeline = What happened so far
case-yours = Only for you
case-yours-about = Only your link shows this part. Do not share the link; the ticket number may be shared.
case-yours-about-secret = Only your link opens this page. Do not share the link. For anyone else this number is not found.
case-reason = Why this agency
case-story = Your story
case-story-erased = This story has been erased.
case-place = Place
case-identity = Identity
case-proofs = Photos from the officers
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
case-chain-proof = Proof that this report was recorded
case-chain-proof-about = Keep this text. If the report should be gone or changed one day, it shows that it was there. The code "root" in it is that day's code in the open data (roots.csv), and anybody can check it.
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

sign-in-title = Sign in
sign-in-about = For officers and trainers. Citizens report without signing in.
sign-in-name = Name
sign-in-password = Password
sign-in-button = Sign in
sign-in-forgotten = Forgot your password? Ask this service's admin for a new one.
sign-in-wrong = That name and password do not match; check them, then try once more.
sign-in-code = One-time code
sign-in-code-about = Open the code app on your phone, and type the six digits that it shows now.
sign-in-code-wrong = That code does not match or was used before. Wait for the next one, then type it.
sign-in-code-again = Sign in from the start
sign-in-paused = Too many tries. Try again from { $until }.
sign-in-elsewhere = That form came from another page, so we did not take it. Sign in from this page only.
sign-in-oidc = Sign in with the government's account
sign-in-oidc-again = Signing in with that account did not work. Try once more from this page.
sign-in-oidc-away = The government's account service cannot be reached. Try again in a few minutes.
sign-in-oidc-no-role = Your account is known, but has no role in this service. Ask the account's admin to add you to the right group.
sign-in-oidc-two-agencies = The groups of your account are of two agencies. Ask the account's admin to leave one.
demo-banner = This is a demo to try: every report and name here is invented, and nothing reaches an agency.
demo-guests = Sign in as a guest
demo-guest = Sign in as { $role }
demo-guest-holder = Sign in as the inspectorate, which holds secret reports
signed-in-as = You are signed in as { $name }.
signed-in-roles = Role: { $roles }.
signed-in-agency = Agency: { $agency }.
sign-out-button = Sign out
desk-title = Officers' desk
trainer-title = Trainers' room
trainer-pages = Trainers' pages
trainer-inbox = Inbox
trainer-suspicious = Suspicious labels
suspicious-about = The model is trained several times, each time without some of the sentences, and then guesses those it has not seen. Where another category is likelier to it, the label is suspicious. The worst is at the top.
suspicious-look = Look for them now
suspicious-running = They are being looked for; this takes some minutes. You may work on other pages.
suspicious-none = No label is suspicious.
suspicious-not-yet = They were never looked for.
suspicious-count = { $count ->
    [one] 1 suspicious label
   *[other] { $count } suspicious labels
}
suspicious-because = A model that has not seen it says { $likely } with { $share } %, and this label with { $given } %. Of { $likely } sentences it is usually { $usual } % sure.
suspicious-like = It is like:
suspicious-mend = Change to { $category }
suspicious-keep = This label is right
suspicious-remove = Throw this sentence away
suspicious-why = a suspicious label was looked at
suspicious-failed = They could not be looked for. Tell this to whoever runs the service:
suspicious-not-saved = Not saved: this sentence still stands against another. See the page Data.
trainer-import = Import & export
import-about = CSV with any columns, XLSX (the first sheet that has rows), JSONL, or Rasa YAML. Personal data is covered first; rows that are refused go into a file of their own, with why.
import-file = File
import-upload = Look at its columns
import-columns = Which column is which?
import-columns-about = Only once; the same file with the same columns goes on where it was.
import-text = Message
import-intent = Type or intent
import-category = Category
import-none = none
import-why-usual = import of a file
import-begin = Begin the import
import-past = Imports
import-go-on = Go on
import-refused = Download what was refused
import-reading = { $rows } rows read: { $accepted } accepted, { $known } there already, { $refused } refused …
import-done = Done. { $rows } rows: { $accepted } accepted, { $known } there already, { $refused } refused.
import-waiting = Waits to be read. Of { $sure ->
    [one] one row
   *[other] { $sure } rows
} that the model is sure of, this file labels { $against } otherwise. Read the examples; nothing is learned yet.
import-against = file: { $said } · model: { $model }
import-accept = I have read them, the file is right
import-discard = Throw this import away
import-failed = It ended:
import-unreadable-format = Only files named .csv, .xlsx, .jsonl and .yml can be read.
import-unreadable-not-utf8 = The file is no text. Save it as CSV or JSONL in UTF-8, and try again.
import-unreadable-csv = The CSV cannot be read. Save it as CSV from a spreadsheet once more, and try again.
import-unreadable-xlsx = The workbook (XLSX) cannot be read. Save it once more as .xlsx, or as CSV, and try again.
import-unreadable-yaml = Line { $detail } cannot be read as Rasa's YAML.
import-unreadable-empty = There is no row in it.
import-unreadable-large = More than { $detail } MB. Divide it into several files.
import-refused-row = row
import-refused-why = refused because
import-refused-no-text = there is no message
import-refused-formula = a formula of a spreadsheet, no message
import-refused-no-label = neither type nor category
import-refused-unknown-intent = this type or intent is not known
import-refused-unknown-category = there is no such category here
import-refused-conflict = it has another label already, in the data or further up in this file
import-refused-personal = there is personal data that cannot be covered
import-no-file = There is no file. Choose it again, then try once more.
import-export = Export
import-export-about = The sentences that the model learns from, with their labels.
import-all = All data
import-own = What was added here
trainer-settle = Disagreements
settle-about = Some messages are read by two trainers. Where they differ it is decided here; read the rules first.
settle-empty = Nobody disagrees.
settle-agreement = How far trainers agree
settle-agreement-about = Krippendorff's alpha: 1 is always, 0 is chance. Below 0.67 the rules need to be clearer before the data is trusted.
settle-agreement-none = No message has been labelled by two trainers yet.
settle-label = Label
settle-messages = Messages
settle-differing = Differing
settle-alpha = Alpha
settle-everything = All labels
settle-good = good
settle-fair = fair
settle-poor = poor
rules-about = The same rules for all trainers. Rules that are changed hold here alone.
rules-edit = Change the rules
rules-text = The rules, in Markdown
rules-save = Save the rules
rules-saved = The rules are saved.
rules-again = To be looked at again
rules-again-about = Messages that were labelled by a line of the rules that changed:
rules-again-none = No labelled message is concerned.
rules-reopen = Put those that are picked back into the inbox
rules-reopened = What was chosen is in the inbox again.
data-about = Labels that are decided wait here. Look at what will change, then save.
data-nothing = Nothing waits to be saved. Give labels in the inbox.
data-decided = What will change
data-difference = The files, line by line (YAML)
data-conflicts = Against the data
data-conflicts-about = This sentence is there already as something else. Take your label back, or mark that the new one is right; the old one is then no longer used.
data-replace = The new label is right
data-faults = To be mended first
data-why = Why
data-why-usual = labels from the inbox
data-look = Check again
data-save = Save the change
data-saved = Saved: { $added } new sentences, { $removed } no longer used. The model uses them once it is trained again.
data-history = Latest changes
data-when = When
data-who = Who
data-what = Lines
data-moment = { $at }
data-labelled-by = labelled by
data-gone = No longer used
data-take-back = Take this change back
data-change = { $kind }: { $added } new sentences, { $removed } no longer used
data-change-labels = Labels
data-change-rules = Rules
data-change-import = Import
data-change-mended = Mended
data-change-category = Category
data-change-undone = Taken back
data-change-words = Spelling: { $added } words added, { $removed } taken out
data-undo-why = takes change { $number } back
data-undone = Taken back: { $removed } sentences left the data, { $back } are used again. Their labels wait below to be saved anew.
data-undone-already = That change was taken back already.
data-not-undone = Not taken back: what would come back is labelled otherwise by now: { $sentences }
data-undo-too-late = Not taken back: what that change replaced is not kept any more. Label it in the inbox, or import it.
data-clean = Checked: nothing is wrong.
fault-unreadable = A file cannot be read:
fault-no-examples = No examples:
fault-no-intent = A block without an intent:
fault-unknown-mark = A mark that is neither place nor time:
fault-empty = An empty line:
fault-unknown-intent = An unknown intent:
fault-unknown-category = An unknown category:
fault-category-of-small-talk = A category where there is no report:
fault-conflict = One sentence with two labels:
fault-personal = Personal data in a sentence:
trainer-rules = Rules
trainer-data = Data
intent-check-status = Asks for a status
intent-greet = Greeting
intent-thanks = Thanks
intent-goodbye = Goodbye
intent-affirm = Yes
intent-deny = No
intent-cancel = Cancels
intent-help = Asks for help
intent-about-bot = Asks about this service
intent-praise = Praise
intent-out-of-scope = Nothing for this service
teach-corrected = corrected by the citizen
teach-rerouted = re-routed by an officer
teach-unsure = unsure
teach-rare = rare category
teach-new-words = new words
teach-guess = Guess: { $type } · { $category }, { $percent } %
teach-guess-talk = Guess: { $intent }, { $percent } %
teach-citizen-chose = The citizen chose: { $category }
teach-citizen-type = The citizen chose: { $type }
teach-officer-moved = An officer re-routed it to: { $agency }
teach-ended = { $ticket } · { $status } · { $agency }
teach-label = { $type } · { $category }
teach-label-two = { $type } · { $category }, then { $second }
inbox-about = The messages that teach most come first. Personal data is covered; secret and sensitive reports are not here.
inbox-unsaved = See what is not saved yet
inbox-empty = No message waits. New ones come as soon as citizens write.
inbox-waiting = { $more ->
    [yes] More than { $count } messages wait
   *[no] { $count ->
        [one] One message waits
       *[other] { $count } messages wait
    }
}
inbox-keys = Keys: 1–9 give a label, t marks the selected words as a place, w as a time, d is for two matters, s skips, x puts away, u takes back, b picks several, p, a and i choose the type, o opens another label, g labels the first of similar ones alone, arrows or j and k move.
inbox-type = Type
inbox-labels = Likely labels
inbox-other = Another label
inbox-other-use = Use this label
inbox-choose = Choose …
inbox-talk = No report
inbox-two = Two matters
inbox-two-first = The first matter?
inbox-two-second = The second matter?
inbox-skip = Skip
inbox-put-away = Put away
inbox-undo = Take back
inbox-mark-place = Mark a place
inbox-mark-time = Mark a time
inbox-more = Next page
inbox-bulk = One label for all that are picked
inbox-bulk-pick = Pick
inbox-bulk-use = Give this label
inbox-message = Message
inbox-said-today = { $count } labelled by you today
inbox-said-several = noted for { $count ->
        [one] { $count } message
       *[other] { $count } messages
    }.
inbox-similar = Similar: the same label for these, too. Untick what differs.
inbox-alone = The first one alone
inbox-nothing-found = No message fits.
inbox-no-more = No more messages below.
inbox-from-the-top = Load again from the top
inbox-find = Search and filter
inbox-find-use = Search
inbox-find-all = Show all
inbox-find-words = Words in the message
inbox-find-guess = The model's guess
inbox-find-any = All
inbox-find-doubt = The model is
inbox-find-doubt-yes = In doubt
inbox-find-doubt-no = Sure
inbox-find-channel = Source
inbox-find-first = From
inbox-find-last = Up to
inbox-said-done = noted, waits to be saved.
inbox-said-waits = noted; another trainer is asked as well.
inbox-said-differs = noted; the other trainer says something else, so it is now under Disagreements.
inbox-said-too-late = This message was dealt with already, or must not be seen any more.
inbox-skipped = Skipped.
inbox-gone = Put away.
inbox-wrong-label = That label is not complete: choose its category, and for two matters two that differ.
forbidden-title = This page cannot be opened
forbidden = You are signed in as { $name }, and this page is for other roles. If you need it, talk to this service's admin.
role-verifier = verifier
role-agency-admin = agency admin
role-liaison = liaison
role-arbiter = arbiter
role-moderator = moderator
role-auditor = auditor
role-admin = service admin
role-trainer = trainer

## Why a step is not taken

refused-answer-of-admin = This report is answered by the agency's admin.
refused-answer-of-arbiter = This report is answered by the arbiter.
refused-answer-of-liaison = This report is answered by the liaison.
refused-accused = This report may be about that agency itself, so it must not come before it. If it is no sensitive matter, say so as you forward it.
refused-appealed-before = A report is looked at once more only one time.
refused-arbiter-answered = The arbiter has answered this report. That is the last word in this service.
refused-asked-enough = The reporter was asked as often as is allowed. Please go on with what is known.
refused-bound = The arbiter has ruled that this agency is in charge, so the report cannot be returned.
refused-circle = A report cannot be joined with itself.
refused-held-back = This report is secret, sensitive or of an unclear matter. An officer must read it first.
refused-hidden = This report is not shown to the public already.
refused-redaction-same = Nothing changes: it is shown like that already.
refused-redaction-wrong = The report, its answer or the title does not fit what was chosen. Load the page again and choose again.
refused-left = The reporter has withdrawn from this report.
refused-unreachable = This reporter cannot be asked from here: the report did not come by chat. Answer with what you know; the answer stands on the page of the report.
refused-no-agency = Please name the agency that shall handle it.
refused-no-body = Please name the body and how to reach it.
refused-no-code = Please choose one of the reasons for rejecting.
refused-no-mend = Please write what the reporter can do.
refused-no-parent = There is no report of that number.
refused-no-photo = Please add a photo as proof in this matter.
refused-no-rating = The rating goes from 1 to 5.
refused-no-reason = Please write the reason.
refused-no-such-step = That cannot be done as the report stands now.
refused-no-words = Please write it in words.
refused-not-confirmed = A rating is given once the reporter has said that it is mended.
refused-not-due = It is not time yet.
refused-not-reminded = The reporter has not had both reminders yet.
refused-not-returned-before = This report was never returned before.
refused-not-yours = Only officers of the agency that holds this report, or those who lead it, can do that.
refused-only-agency-admin = Only those who lead the agency that holds this report can do that.
refused-only-arbiter = Only an arbiter can decide this.
refused-only-moderator = Only a moderator can do that.
refused-only-reporter = Only the reporter herself can do that.
refused-not-claimed = Another officer works on this report. The head of the agency can pass it on.
refused-no-colleague = Choose an active officer of the agency that holds this report.
refused-other-agency = This report is with another agency.
refused-other-government = That agency is outside this government. Please return the report and name the agency.
refused-other-visibility = A secret report is joined only with a secret one, and a public one with a public one.
refused-over = This report is finished. If it is not mended after all, open it again.
refused-own-answer = The reporter contests your answer, so somebody else answers next.
refused-own-judgement = You have judged this report before, so another officer looks at it again.
refused-parent-over = The report it should be joined with is over.
refused-rated = This report was rated already.
refused-reopened-before = This report was opened again once before. A second time only the arbiter does it.
refused-reporter-reopens = The first time the reporter opens it again herself.
refused-returned-before = This report was returned once before. Now the arbiter decides.
refused-same-agency = The report is with that agency already.
refused-template = That sentence does not say what is being done. Please write what, when and by whom.
refused-too-late-to-appeal = The time to ask for another look has passed.
refused-too-late-to-reopen = The time to open this report again has passed. You can file a new one.
refused-unknown-category = There is no such category. Choose one of the list.
refused-unknown-agency = That agency is not known.

## News of a case

notice-ruled = The arbiter has ruled: report { $ticket } is in charge of { $agency }.
notice-moved = Report { $ticket } is now in charge of { $agency }.
notice-asked = { $agency } asks about report { $ticket }: “{ $words }”
notice-asked-until = Please answer by { $date } at the latest. While we wait for you the days are not counted.
notice-rejected = Report { $ticket } cannot be handled.
notice-words = “{ $words }”
notice-mend = What you can do: { $words }
notice-appeal-until = If you do not agree, you can ask another officer to look at it until { $date }.
notice-referred = Report { $ticket } is a matter for { $body }. Contact: { $contact }
notice-referred-national = You can also send it to the national service SP4N-LAPOR!: lapor.go.id, or SMS to 1708.
notice-handed-over = Report { $ticket } is a matter for { $agency }, so we passed it on to { $body }. Your name, number and account did not go along.
notice-handed-over-number = Its number at { $body }: { $contact }
notice-handed-over-next = You need not report again. Whenever something happens there, we tell you here.
notice-elsewhere = News of report { $ticket } from { $body } (number { $number }): { $status }.
notice-merged = Report { $ticket } is joined with report { $parent } about the same matter. You still get the news.
notice-joined = Report { $ticket } is joined with another about the same matter.
notice-noted = News from { $agency } about report { $ticket }:
notice-answered = { $agency } has answered report { $ticket }:
notice-answered-by-arbiter = The arbiter has decided on report { $ticket }. It is the last answer in this service:
notice-answered-until = Is it mended? You can say so until { $date }.
notice-remind-reply = An officer is still waiting for your answer about report { $ticket }, by { $date } at the latest. Without it the report is closed.
notice-remind-confirm = Report { $ticket } has been answered. Is it mended? Without word from you it is closed after { $date }.
notice-late = Report { $ticket } was to be answered by { $date }. { $agency } is late, and those above it have been told.
notice-late-work = Report { $ticket } was to be followed up by { $date }. { $agency } is late, and those above it have been told.
notice-late-verify = Report { $ticket } was to be checked by { $date }. The officers at { $agency } are late, and those above them have been told.
notice-ombudsman = Report { $ticket } is long past its day, { $date }. Besides waiting for { $agency } you can turn to the Ombudsman of Indonesia: call 137.
notice-reopened = The arbiter has opened report { $ticket } again. It is followed up by { $date } at the latest.
notice-hidden = Report { $ticket } is no longer shown to the public. The moderator's reason:
notice-redacted = A moderator has changed what others can read of report { $ticket }. What you wrote stays as it is. The reason:
notice-closed-unreplied = { $count ->
    [one] Report { $ticket } is closed because the officer's question was not answered. You can open it again within a day.
   *[other] Report { $ticket } is closed because the officer's question was not answered. You can open it again within { $count } days.
}
notice-closed-unconfirmed = { $count ->
    [one] Report { $ticket } is closed because there was no word from you. If it is not mended, you can open it again within a day.
   *[other] Report { $ticket } is closed because there was no word from you. If it is not mended, you can open it again within { $count } days.
}
news-line = News of report { $ticket }: { $status }.
news-lines = There is news of { $count } of your reports. Write "my reports" to see it.
notice-by-number = To answer, send { $ticket } here.
rejection-no_complaint = Reason: it is no complaint, aspiration or request for information.
rejection-unclear = Reason: it is not clear enough to act on.
rejection-twice = Reason: you have reported the same matter before.
rejection-insulting = Reason: it insults or attacks people.
rejection-in_court = Reason: the matter is before a court.
rejection-untrue = Reason: what it says does not agree with the facts.

## Models: train, compare, promote (trainers' pages)

models-title = Models
models-baseline = The model that came with this version
models-name = Model { $number }
models-who-version = this version
models-who-terminal = somebody at the terminal
models-made = Made { $at } by { $who }.
models-examples = { $count ->
    [one] It learned from one example.
   *[other] It learned from { $count } examples.
}
models-at = { $at }
models-now = In service
models-used-by = { $count ->
    [one] Used by one process.
   *[other] Used by { $count } processes.
}
models-process-refused = One process cannot load this model and goes on with the former one: { $reason }
models-roll-back = Go back to { $former }
unpredicted-categories = The model in service cannot predict { $slugs } yet. Citizens still find everything under "See all". To have it predicted too: write at least { $examples } examples in data/nlu/category/<slug>.yml, run ./lapor nlu train or press "Begin to train" on the page Models, then use the new model.
models-train-title = Train a new model
models-train-about = A new model learns from all examples that were checked. It usually takes some minutes, and the chat goes on.
models-train = Begin to train
models-train-cancel = End the training
models-train-log = Technical log
models-train-left = { $minutes ->
    [one] About one minute left.
   *[other] About { $minutes } minutes left.
}
models-look-again = Look again
models-doing-preparing = Preparing…
models-doing-installing = Installing what trains. Only this once, about 2.5 GB.
models-doing-learning = Learning…
models-doing-compiling = Compiling…
models-doing-comparing = Comparing with the model in service…
models-doing-ready = The training is done.
models-doing-cancelled = The training was ended. The model in service is the same.
models-doing-too-long = The training took too long and was ended. The model in service is the same.
models-training-failed = The training failed. The model in service is the same.
models-training-lost = The training broke off, for its process ended. The model in service is the same.
models-all = All models
models-column-model = Model
models-column-made = Origin
models-column-state = State
models-category = First category right
models-top3 = Right among three
models-macro-f1 = Mean F1 of categories
models-intent = Intent right
models-calibration = Calibration error
models-state-now = in service
models-state-former = former
models-state-shadow = shadow
models-state-new = not compared
models-state-passed = passes the gate
models-state-stopped = stopped by the gate
models-history = What was done
models-change = { $model } { $what } by { $who }.
models-change-promoted = was put into service
models-change-rolled-back = was taken back into service
models-change-shadow-on = was set to read along
models-change-shadow-off = was set to read along no longer
models-change-despite = Although the gate stopped it, because: { $reason }
models-back = All models
models-missing = There is no such model
models-origin = Where it comes from
models-file = File
models-sha256 = SHA-256 of the file
models-data-hash = SHA-256 of the training data
models-configuration = Configuration
models-in-service = This model is in service.
models-compare = Compare with the model in service
models-compare-again = Compare again
models-comparing = Being compared; usually that takes some seconds.
models-compare-about = Before it is used, this model has to be compared with the one in service.
models-compared = Compared with { $former }, { $at }.
models-numbers = Numbers
models-key-former = in service
models-key-candidate = this model
models-key-interval = band: the number is there 95 of 100 times
models-set-frozen = Frozen test messages
models-set-live = Labels of the last month
models-set-rows = { $count ->
    [one] One message
   *[other] { $count } messages
}; { $left } left out because a model has learned from them.
models-mcnemar = The category of { $better } messages came right and of { $worse } went wrong (McNemar's test, p = { $p }).
models-gained = Mean F1 changed by { $value } points (95 %: { $low } to { $high }).
models-labels = F1 of each category, intent and act
models-better = Got better
models-worse = Got worse
models-none = None.
models-more-sentences = More sentences
models-right = Right
models-gate = The gate
models-gate-passed = This model may be used.
models-gate-stopped = The gate stops this model.
models-check = { $about }: { $value }, the limit is { $limit }
models-demand-golden = Golden phrases that fail
models-demand-macro-f1 = Mean F1
models-demand-label = F1
models-demand-acts = What messages do, heard rightly
models-demand-act = What a message does, F1
models-demand-calibration = Calibration error beyond chance
models-demand-sure = Wrong although sure
models-demand-speed = Milliseconds a message
models-demand-size = Size in megabytes
models-golden-failed = Golden phrases that fail
models-losses = What got worse
models-loss-label = { $label }: { $lost ->
    [one] one test message that was read rightly is read wrongly now
   *[other] { $lost } test messages that were read rightly are read wrongly now
}, and { $gained } the other way round.
models-loss-all = Of all test messages { $lost ->
    [one] one that was right is wrong now
   *[other] { $lost } that were right are wrong now
}, and { $gained } the other way round.
models-loss-acts = Of the test messages of talks { $lost } that were heard rightly are heard wrongly now, and { $gained } the other way round.
models-shifts = Citizens' messages whose label would change
models-shifts-about = Messages of the last month, by the label that the model in service gives them.
models-shift = { $label }: { $changed } of { $rows ->
    [one] one message
   *[other] { $rows } messages
} ({ $share })
models-promote = Use this model
models-promote-about = All processes use it within seconds. The former one stays ready, so that you can go back at any time.
models-overrule = Use it although it is stopped
models-overrule-about = As an admin you may use this model although the gate stops it. Your name and reason are kept.
models-reason = Reason
models-admins-only = Only an admin may use a model that the gate stops.
models-refused-in-service = This model is in service already.
models-refused-not-compared = Compare this model with the one in service first.
models-refused-gate = The gate stops this model. Give a reason if you want to use it all the same.
models-refused-not-yours = The gate stops this model, and only an admin may use it.
models-refused-no-former = There is no former model to go back to.
models-refused-unusable = The file of this model is no use. Train once more.
models-refused-meanwhile = Somebody else has just changed the model. Look at the one in service first.
models-refused-training = Another training runs.
models-refused-compare = The comparison failed. Look into nlu.log, and try again.
models-done-promoted = That model is in service now.
models-done-rolled-back = The former model is in service again.
models-done-shadow = That model reads along now. Citizens do not see what it says.
models-shadow = Reading along
models-shadow-about = This model can read what citizens write without answering. Only how often it says the same is counted.
models-shadow-on = Let it read along
models-shadow-off = Let it read along no longer
models-shadow-same = Said the same
models-shadow-now = { $model } reads along.
models-csv = All numbers as CSV

## Dialogue acts: what somebody does with a message (trainers' pages)

act-answer = answers
act-tell = tells
act-other-matter = another matter
act-correct-place = puts the place right
act-correct-category = puts the category right
act-correct-time = puts the time right
act-correct-name = puts the name right
act-correct-type = puts the type right
act-correct-story = puts the story right
act-want-secret = wants it secret
act-want-open = does not want it secret
act-want-anonymous = does not want to be named
act-want-named = wants to be named
act-afraid = is afraid
act-send = wants it sent
act-cancel = wants it cancelled
act-keep = wants it kept
act-add-photo = wants to add a photo
act-remove-photo = takes a photo back
act-later = later
act-ask-service = asks about the service
act-ask-regency = asks the regency
act-follow-case = asks about her report
act-small-talk = small talk
act-danger = danger now
act-skip = passes over it

## Categories (trainers' page)

categories-title = Categories
categories-about = The categories of this regency: who answers, how many examples the data has, and whether the model in service can predict them. Trainers propose changes, another person who is an admin decides. The model in service goes on working meanwhile.
categories-new = New category
categories-proposals = Proposals
categories-name = Name
categories-agency = Agency that answers
categories-agency-hint = Type a part of its name, then choose. This agency will read the reports.
categories-examples = Example messages
categories-model = Model
categories-known = can predict it
categories-unknown = not yet; citizens choose it by a button
categories-retired = not offered any more
categories-change = Change
categories-group = Group
categories-physical = An answer needs a photo as proof
categories-border = What it is about, and where that ends
categories-border-hint = Trainers read it on the page Rules, such as: “stalls, scales and tickets at the livestock market”.
categories-beside = Not these (categories beside it)
categories-words = Words that mark it
categories-words-hint = Divided by commas. Until the model has learned it, a message with such a word is offered this category among three.
categories-save = Save and collect examples
categories-save-changes = Save changes
categories-rename = Rename
categories-rename-about = Only the name that people read changes. Reports, statistics and examples stay.
categories-merge = Merge into another category
categories-merge-about = Earlier reports stay filed under this category. For new ones only the other is offered, and its examples are learned as the other.
categories-into = Merge into
categories-retire = Take it off the list
categories-retire-about = Earlier reports stay filed under this category. It is not offered and not learned any more; labels that wait to be saved go back into the inbox.
categories-propose = Propose to an admin
categories-edit = Change the proposal
categories-found-title = Take from citizens' messages
categories-seek = Search words in messages
categories-alike = The messages most like the examples, the words and the description above.
categories-found-none = No message in the inbox fits.
categories-take = Take as examples
categories-write-title = Write some
categories-write = One message a line, as citizens write, without names and numbers of people
categories-write-button = Add
categories-type = Type
categories-leave-out = Take out what is ticked
categories-submit = Submit to an admin
categories-drop = Discard the proposal
categories-take-back = Take back to change it
categories-decide = The admin's decision
categories-accept = Accept and apply
categories-refuse = Give back to the trainers
categories-reason = Reason for giving it back
categories-admin-decides = Waits for an admin.
categories-own = You submitted this; another admin decides.
categories-next = In force. Go on with the page Models: train, compare, then use the new model. Until then citizens choose it by a button.
categories-next-train = Open the page Models
categories-restarting = Saved. The service is starting anew with this change; load this page again in some seconds.
categories-back = All categories
categories-change-title = Change { $category }
categories-kind-new = New category: { $label }
categories-kind-rename = Rename { $name } to { $label }
categories-kind-merge = Merge { $name } into { $into }
categories-kind-retire = Take { $name } off the list
categories-state-draft = Being written
categories-state-waiting = Waits for an admin
categories-state-accepted = Accepted
categories-state-refused = Given back
categories-state-dropped = Discarded
categories-count =
    { $count ->
        [one] { $count } example; { $fewest } are needed to submit.
       *[other] { $count } examples; { $fewest } are needed to submit.
    }
categories-taken =
    { $count ->
        [one] { $count } example added.
       *[other] { $count } examples added.
    }
categories-too-few = Not submitted: it needs { $fewest } example messages.
categories-too-late = This proposal has changed since the page was opened. Read it again, then repeat.
categories-no-reason = Write the reason, so that trainers know what to change.
categories-not-written = Not accepted: the files or the data cannot be written. Nothing is lost; the proposal still waits. Tell the operator.
categories-record = { $what }. Submitted by { $name }: { $why }
categories-fact-read = Reports of { $category } will be sent to and read by { $agency }.
categories-fact-group = Group { $group }; called { $names }.
categories-fact-border = About: { $about }. Not: { $beside }.
categories-fact-words = Words that mark it: { $words }.
categories-fact-photo = An answer needs a photo.
categories-fact-no-photo = An answer needs no photo.
categories-fact-by = Submitted by { $name }, { $at }: { $why }
categories-example-known = is in the data or in this list already
categories-example-short = fewer than three words
categories-refused-label = Not saved: fill in the name in each language, at most { $letters } letters.
categories-refused-taken = Not saved: there is a category called “{ $about }” already.
categories-refused-group = Not saved: choose its group.
categories-refused-full = Not saved: that group has { $most } categories already, as many as fit a screen. Choose another group, or merge two categories first.
categories-refused-agency = Not saved: that agency is not known. Type a part of its name, then choose it from the list.
categories-refused-about = Not saved: write what this category is about.
categories-refused-words = Not saved: at most { $words } words that mark it, each of them short.
categories-refused-beside = Not saved: one of the categories beside it is not there any more.
categories-refused-why = Not saved: write why.
categories-refused-gone = Not submitted: that category is not offered any more.
categories-refused-sensitive = Not submitted: this category concerns reports that are kept secret or supervised. An admin alone changes that, under Settings.
categories-refused-into = Not submitted: choose another category that is still offered.
categories-refused-last = Not submitted: it is the last category of its group.
categories-refused-same = Not submitted: the name is the same.

## Words that the model does not know (trainers' pages)

words-title = Words & spelling
words-about = Citizens write words in their own way. Write what one means, and the model reads it as that word after the next training; until then nothing changes.
words-word = Word
words-meaning = means
words-add = Add
words-add-title = Add a word
words-add-all-the-same = Add it all the same
words-unknown = Words that the model does not know
words-unknown-about = From the messages of the last month; a word that stands in fewer than three is not shown, for it may be a name. The number: in how many messages it stands.
words-unknown-none = None.
words-open = Open its messages
words-table = The spelling table here
words-table-about = What trainers have added. The table of the version holds as well; a word that is looked for is shown from both.
words-table-none = No word has been added yet.
words-seek = Look for a word, a meaning or a name
words-seek-button = Look
words-found-none = Not in this table.
words-shipped = From the table of the version
words-who = Added
words-state = In use
words-read = yes
words-waits = waits for a training
words-remove = Take out
words-added = “{ $word }” means “{ $meaning }”. It takes effect with the next training.
words-removed = “{ $word }” was taken out of the table. It takes effect with the next training.
words-removed-already = That word is not in the table any more.
words-refused-word = Not added: write one word in Latin letters, without blanks and signs, and not a number alone.
words-refused-long = Not added: too long. A word has at most { $letters } letters, its meaning at most { $words } words.
words-refused-meaning = Not added: write what it means, one to { $words } words in Latin letters.
words-refused-same = Not added: the word stands in its own meaning, so nothing would change.
words-refused-there = Not added: “{ $word }” is in the table below already. Take it out first if it means something else.
words-refused-spelled = Not added: “{ $word }” is read as “{ $meaning }” already.
words-refused-known = Not added: the model knows “{ $word }” already. If messages with it are misread, label them.
words-refused-unsure = Not added: the model does not know { $unknown } either, so that meaning is no help yet. Check how it is written, or add it if messages with that word will be labelled.
words-refused-full = Not added: the table is full, { $rows } words. Take out first what is not used.
words-refused-unreadable = Not added: the model in service cannot be read, so the word cannot be checked. See the page on models.

## Watching the model (trainers' pages)

watch-title = Watching
watch-nothing = Citizens have written nothing in the last 12 weeks.
watch-missing = There is no such picture
watch-csv = Its numbers as CSV
watch-weeks = Week by week
watch-weeks-about = The share of messages of which the model is unsure, whose category the citizen changed, and that officers moved.
watch-unsure = unsure
watch-corrected = changed by citizens
watch-rerouted = moved by officers
watch-promised = unsure by the test messages
watch-marks = upright line: another model
watch-categories = Wrong guesses by category
watch-categories-about = Dark: changed by citizens or officers. Light: what the test messages make one expect.
watch-drift = Has what citizens write changed?
watch-drift-few = The last two weeks, or those before, have fewer than a hundred messages: no change can be seen yet.
watch-drift-none = The categories of the last two weeks are those of before (PSI { $psi }).
watch-drift-some = The categories have changed a little (PSI { $psi }), most of all: { $most }.
watch-drift-much = The categories have changed much (PSI { $psi }), most of all: { $most }. Look through the inbox, label what is new, and train again.
watch-unknown-now = { $now } of the words of the last messages are unknown to the model.
watch-unknown = { $now } of the words of the last messages are unknown to the model; before it was { $before }.
watch-unknown-more = { $now } of the words of the last messages are unknown to the model, before it was { $before }. Citizens use new words: label them, and train again.
watch-changes = After another model
watch-changes-about = Two weeks before the model was changed, and two weeks after.
watch-unknown-title = Words that the model does not know, and what they mean
watch-change = { $model }, { $at }
watch-before = before
watch-after = after

## Officers in Telegram: groups and cards

officer-unknown = Your Telegram account is not tied yet. Ask the service's admin for a code, then send /masuk CODE in a private chat with this bot.
officer-no-case = There is no such report.
officer-in-private = This report is now handled in private chats only. Send /tugas there.
officer-button-stale = That button no longer works.
officer-draft-stale = That draft has changed, or is another officer's. Use the newest message, or begin again from the card.
officer-nothing-sent = What you wrote was not sent to the reporter.
officer-done = Noted.
officer-meanwhile = Meanwhile: { $action }, by { $by }, { $at }.
officer-by-reporter = the reporter
officer-by-verifier = the verifier
officer-by-agency_admin = the agency's admin
officer-by-liaison = the liaison
officer-by-arbiter = the arbiter
officer-by-moderator = the moderator
officer-by-system = this service

group-code-missing = Write the code behind the command: /ikat CODE. The service's admin has it.
group-code-wrong = That code does not hold here, or is for another agency. Check it, or ask the service's admin for a new one.
group-bound = This group now gets reports for { $agency }. Only officers whose account is tied can use the buttons.
group-not-bound = This group is bound to no agency.
group-not-yours = Only officers of { $agency }, or an admin of the service, can unbind this group.
group-unbound = This group no longer gets reports for { $agency }.

officer-card-title = { $ticket } · { $status }
officer-card-about = { $type } · { $category }
officer-card-about-unknown = { $type } · category not known yet
officer-card-urgent = Urgent: the story speaks of danger.
officer-card-secret = Secret: pass it on to nobody but the officers of this report.
officer-card-sensitive = Sensitive: it must not reach the agency it is about.
officer-card-place = Place: { $place }
officer-card-no-place = Place: not known yet
officer-card-filed = Received: { $date }
officer-card-deadline = Answered by: { $date }
officer-card-late = Late: { $what }, was due by { $date }.
officer-card-late-agency_head = The head of the agency above is told on { $date }.
officer-card-late-national = The national admin is told on { $date }.
officer-card-reporter = Reporter: { $name }
officer-card-nameless = Reporter: no name given
officer-card-claimed = Worked on by: { $name }
officer-card-story = “{ $words }”
officer-card-erased = The story has been erased.
officer-card-files = Attachments: { $count }
officer-card-returned = Sent back by an agency; the right one is not known.
officer-card-suggested = Sent back by an agency, which suggests: { $agency }
officer-why-return = Why it was sent back: “{ $words }”
officer-why-dispute_authority = Why it was sent back again: “{ $words }”
officer-why-rule = The arbiter's ruling: “{ $words }”
officer-why-reject = Why it was rejected: “{ $words }”
officer-why-appeal = The reporter objects: “{ $words }”
officer-why-answer = The last answer: “{ $words }”
officer-why-dispute = The reporter contests it: “{ $words }”
officer-why-reopen = Why it was reopened: “{ $words }”
officer-card-redact = What others may read: { $link }
officer-card-hint = Press a button, or answer this message with words or a photo.
officer-card-over = { $ticket } · { $status } · { $agency }
officer-card-gone = This report is no longer handled here.

button-officer-accept = Accept
button-officer-answer = Answer
button-officer-note = Progress note
button-officer-ask = Ask the reporter
button-officer-return = Return
button-officer-pass_on = Pass on
button-officer-forward = Forward
button-officer-rule = Rule
button-officer-reject = Reject
button-officer-refer = Refer
button-officer-merge = Merge
button-officer-hide = Hide
button-officer-reopen = Reopen
button-officer-assign = Assign
button-officer-unknown-agency = I do not know
button-officer-earlier = Previous
button-officer-further = Next
button-officer-plain-off = No sensitive matter
button-officer-plain-on = ✓ No sensitive matter

officer-ask-agency = { $action } { $ticket }: choose the agency.
officer-ask-code = Reject { $ticket }: choose the reason.
officer-ask-words = { $action } { $ticket }: write what it says.
officer-ask-mend = { $action } { $ticket }: write what the reporter can do.
officer-ask-body = { $action } { $ticket }: which body is responsible?
officer-ask-contact = { $action } { $ticket }: how does the reporter reach that body?
officer-ask-parent = { $action } { $ticket }: write the number of the report it becomes part of.
officer-ask-reply = Answer this message. A photo may come along.
officer-ask-what = What are your words on { $ticket } for?
officer-code-no_complaint = No report
officer-code-unclear = Not clear
officer-code-twice = Reported before
officer-code-insulting = Insulting
officer-code-in_court = In court
officer-code-untrue = Not true

officer-preview = { $action } { $ticket }. Please check:
officer-preview-look =
    This is how the reporter will read it:

    { $words }
    { "" }
officer-preview-untold = The reporter is not told of this.
officer-preview-files = With attachments: { $count }
officer-personal = Mind: there is a name, a telephone number, an identity number or other personal data. Send it only if the reporter may read it.
officer-given-agency = Agency: { $words }
officer-given-code = Reason: { $words }
officer-nobody-outside = Mind: { $agency } has nobody in this service. If it is outside this government, use Refer, so that the reporter knows how to reach it.
officer-nobody-there = Mind: nobody works for { $agency } yet. Until somebody does, { $instead } acts in its place.
officer-given-person = Officer: { $words }
officer-given-parent = Becomes part of: { $words }
officer-given-words = Words: { $words }
officer-given-mend = What the reporter can do: { $words }
officer-given-body = Body: { $words }
officer-given-contact = How to reach it: { $words }
officer-sent = { $action } { $ticket }: done.
officer-dropped = { $action } { $ticket }: given up, nothing was sent.

officer-news = { $ticket }: { $action }.
officer-news-words = “{ $words }”
officer-news-erased = What was written has been erased.
officer-assigned = Report { $ticket } is assigned to you now.
officer-mark = { $ticket } waits for { $agency }: { $what }, by { $date }.
officer-mark-urgent = URGENT and not taken yet: { $ticket } at { $agency }. Take it now.
officer-mark-late = Late: { $ticket } at { $agency }. { $what } was due by { $date }.
officer-card-point = Point: { $point }
officer-look-private = Look into your private chat with this bot.
button-officer-look = In full
button-officer-copy-point = Copy the point
proof-photo = A photo from the officers on report { $ticket }
tasks-none = No report waits here.
tasks-in-group = Nothing waits in this chat. Your agency's reports are in its group: send /tugas there.
digest-title = { $count ->
    [one] Today. { $agency }: one report is not answered.
   *[other] Today. { $agency }: { $count } reports are not answered.
}
digest-urgent = URGENT: { $count }
digest-new = New: { $count }
digest-due = Answers due today: { $count }
digest-late = Answers late: { $count }
digest-root = Seal of the reports' record of { $date }: { $root }
digest-oldest = The oldest: { $ticket }, received { $date }
digest-case = { $ticket } · { $about }: { $what }, by { $date }

mail-service = LAPOR
mail-subject = { $ticket }: waits for you
mail-subject-confidential = A report waits for you
mail-subject-digest = Reports that wait, { $date }
mail-notice-waits = Report { $ticket } waits for you.
mail-notice-confidential = A report waits for you. Its number and what it says are shown at the desk alone.
mail-notice-open = Open: { $link }
mail-notice-about = What a report says is never sent by e-mail. This mail was sent by a machine.
mail-code-subject = Code for your e-mail address
mail-code = Your code: { $code }
mail-code-where = Sign in, and type the code at { $link }. It is good for 24 hours.
mail-code-not-you = If you are no officer of this service, do nothing: without the code nothing more is sent here.
mail-above = Write your answer above this line
mail-choose = Answer this mail with the number or the words of your choice:
button-digest-accept = Accept { $ticket }
button-digest-answer = Answer { $ticket }
clock-verify = checking
clock-verify_again = checking again
clock-accept = acceptance
clock-follow_up = follow-up
clock-resolve = the answer
clock-take = being taken by an officer
clock-rule = the arbiter's ruling

deed-file = the report was received
deed-forward = forwarded to an agency
deed-ask = the reporter was asked
deed-reply = the reporter answered the question
deed-close_unreplied = closed without a reply
deed-reject = rejected
deed-refer = referred to another body
deed-merge = merged with another report
deed-accept = accepted for work
deed-pass_on = passed on to another unit
deed-return = sent back
deed-dispute_authority = brought before the arbiter
deed-rule = ruled by the arbiter
deed-note = a progress note was written
deed-answer = answered
deed-confirm = the reporter says it is mended
deed-rate = the reporter gave a rating
deed-dispute = the reporter says it is not mended
deed-close_unconfirmed = closed without a word from the reporter
deed-reopen = reopened
deed-assign = given to an officer
deed-appeal = the reporter asks for another look
deed-withdraw = the reporter withdrew
deed-hide = hidden from the public
deed-redact = part of it was covered
deed-add = the reporter added something
deed-remind = the reporter was reminded
deed-escalate = a deadline was pointed out

## Numbers for the public: statistics, the list of reports, the monthly report

statistics-title = Reports in numbers, { $year }
statistics-about = How the reports of citizens of { $regency } are answered. Counted on { $day }; only open reports filed in this year.
statistics-years = Year
statistics-incomplete = Some old reports are still being counted. The numbers on this page are not complete yet.
statistics-too-few = There are not five open reports in this year yet. Numbers appear once there are enough, so that nobody can be recognised.
statistics-figures = All together
statistics-received = Received
statistics-in-time = Answered in time
statistics-late = Late
statistics-solved = Solved
statistics-disputed = Disputed
statistics-reopened = Reopened
statistics-median-days = Median days to the answer
statistics-rating = Rating (1–5)
statistics-voices = Who rated
statistics-whole = All together
statistics-rest = Others, put together because each has too few
statistics-nowhere = Place unknown or outside
statistics-under-five = less than five
statistics-withheld = A – means that the number is under five, or withheld so that a small number cannot be computed from it.
statistics-discreet = Not in these numbers: secret, sensitive and hidden reports. Received: { $received }; answered in time: { $in_time }; late: { $late }; solved: { $solved }. Rounded down to fives, and not divided further.
statistics-by-month = By month of filing
statistics-by-agency = By agency
statistics-by-category = By category
statistics-by-district = By district
statistics-by-village = By village
statistics-table = Show the table
statistics-csv = Download CSV
statistics-xlsx = Download XLSX
statistics-method = How this is counted
statistics-method-received = Received: all reports, also those that were rejected, merged, referred or withdrawn later.
statistics-method-in-time = Answered in time: the agency has answered, and no day that was promised to the reporter has passed.
statistics-method-late = Late: the day of the answer that was promised to the reporter has passed. The report stays counted as late, also when it is answered afterwards. While an officer waits for the reporter's reply, the time stands still.
statistics-method-solved = Solved: closed after an answer, because the reporter says that it is mended or did not object while there was time. What is reopened is not counted as solved until it is closed again. What was closed because the reporter gave no reply is not counted as solved.
statistics-method-contested = Disputed and reopened: the reporter said at least once that it is not mended. The number does not go down when it is mended later.
statistics-method-median = Median days: half of the reports were answered sooner, half later. From the day of filing to the first answer, in days of the calendar.
statistics-method-rating = Rating: the mean of 1 to 5 from reporters who gave one themselves. Silence is never a rating. The rating of a report that was reopened is not counted.
statistics-method-agency = A report is counted at the agency that holds it now, and in the month in which it was filed.
statistics-method-five = There is no number under five. Rows that are too small are put together; small numbers in other rows are withheld along with the next smallest, so that they cannot be computed from the total.
statistics-method-discreet = Secret, sensitive and hidden reports are in no table. Their number is only told as a whole and rounded, so that hiding reports cannot make the numbers look better unseen.
statistics-open-data = Open data
statistics-open-data-about = Each table can be downloaded as CSV. An empty cell is withheld.
statistics-description = Description of the data (DCAT, JSON-LD)
statistics-missing-title = Not here
statistics-missing = There are no numbers for that year or table.

public-title = Reports of citizens
public-about = Open reports, the newest first. Stories, names and exact places are not shown; secret and sensitive reports are not in this list.
public-filters = Filter the reports
public-show = Show
public-all = All
public-found = List
public-none = No report fits. Try fewer filters.
public-late = Answer late
public-older = Older
public-newest = To the newest
public-feed = Follow (Atom)
public-map = Map
public-map-title = Reports by village, { $year }
public-map-about = How many open reports came from each village. Those with less than five are not coloured.
public-map-none = There are not enough reports to draw a map yet.
public-map-few = not shown
public-map-to = { $least } to { $most }
public-map-from = { $least } or more
public-village = Village
public-statistics = In numbers
public-district = District
public-status = Status
public-month = Month of filing
public-unreadable = The filters in that address are not known. Open the list anew and choose again.
public-paused = Too many pages in a short time. Wait half a minute, then try again.

report-title = Report on the handling of citizens' complaints
report-month = { $regency }, { $month }
report-provisional = Provisional: this month has not ended yet ({ $day }).
report-summary = In { $month }, { $received } open reports were received. By { $day }: answered in time { $in_time }; late { $late }; solved { $solved }; disputed by their reporters { $disputed }; reopened { $reopened }.
report-too-few = In { $month } less than five open reports were received. Their numbers are not told.
report-figures = Numbers of this month and the one before
report-figure = Number
report-statement = These numbers are counted from the record of each report, which nobody can change unseen. A late report stays counted as late, a reopened one is not counted as solved, and silence is not counted as a rating.
report-place-and-day = { $regency }, date ____________________
report-signed-by = Regent / Mayor,
report-made = Made on { $day } from the data up to that day.

## The desk of officers
desk-account = Account
desk-attempts = Somebody tried to sign in by your name
desk-attempts-failed = Until { $at }: { $count ->
    [one] one try with a wrong password or code.
   *[other] { $count } tries with a wrong password or code.
}
desk-attempts-about = None of these opened your account. If it was not you, turn on one-time codes below, and ask the admin for a new password if you are in doubt.
desk-attempts-onward = Go on to work
desk-codes = One-time codes
desk-codes-about = Besides the password, a code of an app on your phone is asked for when you sign in. Whoever learns your password still cannot sign in without that phone.
desk-codes-must = Your role needs one-time codes. Turn them on below first; after that every page opens.
desk-codes-on = One-time codes are on.
desk-codes-begin = Turn one-time codes on
desk-codes-scan = Open a code app on your phone (Aegis, Google Authenticator or FreeOTP, say), scan this picture, then type the six digits that it shows.
desk-codes-picture = A square picture for the code app to scan
desk-codes-secret = Cannot scan it? Type this into the app:
desk-codes-confirm = Turn on
desk-codes-off = Turn off
desk-codes-lost = Lost your phone? Tell the service's admin: its operator can turn your codes off.
desk-queue = Queue
desk-pages = Pages of the desk
desk-lists = Lists
desk-list-verify = To verify
desk-list-rule = Disputes about authority
desk-list-contested = Contested three times
desk-list-agency = The agency's work
desk-list-waiting = Waiting for reporters
desk-list-publish = Open to the public
desk-list-all = Everything open
desk-list-mine = My reports
sheet-title = Sheet of disposition { $ticket }
sheet-office = SHEET OF DISPOSITION
sheet-given-to = Passed to
sheet-do = To be
sheet-do-1 = Followed up
sheet-do-2 = Looked at on site
sheet-do-3 = Answered to the reporter
sheet-do-4 = Noted
sheet-instruction = Instruction
sheet-signed = Name, date and initials
sheet-printed = Printed { $date }
sheet-back = Back to the report
desk-examples = Begin with an example, and change it to what was done:
desk-sheet = Print the sheet of disposition
leave-title = Leave
leave-about = While you are away your reports are on your substitute's list too, who also gets the reminders.
leave-person = Substitute
leave-until = Until, that day included
leave-begin = Save
leave-end = I am back
leave-now = { $name } stands in for you until { $date }.
account-mail = E-mail
account-mail-confirmed = You are told by mail to { $address }, as long as no Telegram account of yours is tied.
account-mail-unconfirmed = A code was sent to { $address }. Type it here, so that you are told there.
account-mail-returned = Mail to { $address } came back. Ask an admin for another address.
account-mail-code = Code from the mail
account-mail-confirm = Confirm
account-mail-wrong = That code does not fit, or is too old. Check it, or ask an admin to send another one.
people-unmanned = Agencies without people
people-unmanned-about = The agency above acts for these until somebody works for them.
desk-list-below = Agencies without people
desk-list-part = a part
desk-list-whole = Show everything
queue-view = View
queue-view-cards = Cards
queue-view-table = Table
queue-filter = Filter
queue-filter-show = Show
queue-filter-any = All
queue-filter-urgent = Urgent ones only
queue-whole-district = All of { $district } district
queue-saved = Saved filters
queue-save-as = Save this filter by the name
queue-save = Save
queue-drop = Delete filter
queue-not-saved = That filter was not saved: give it a name, and delete one first if there are twelve.
queue-about = Report
queue-due = Due
queue-person = Officer
queue-due-in = in { $days ->
    [one] a day
   *[other] { $days } days
}
queue-due-now = today
queue-due-over = { $days ->
    [one] a day over
   *[other] { $days } days over
}
queue-alone = nobody there
queue-mark = Mark
queue-mark-all = All
bulk-title = Several reports at once
bulk-title-proposal = Accept the proposals for several reports
bulk-title-forward = Forward several reports
bulk-title-ask = Ask about several reports
bulk-title-reject = Reject several reports
bulk-marked = marked
bulk-proposal = Accept proposals
bulk-accept = Take up those marked
bulk-forward = Forward…
bulk-ask = Ask…
bulk-reject = Reject…
bulk-send = Send all
bulk-undo = Undo
bulk-back = Back to the list
bulk-held = Nothing has been sent yet. Undo, or close this page, and nothing happens.
bulk-held-by-hand = Nothing has been sent yet. Wait ten seconds, then press Send all. If this page is closed, nothing happens.
bulk-seconds = seconds until it is sent.
bulk-too-early = It is not ten seconds yet. Wait a moment, then press again.
bulk-changed = Something has changed since you looked. Look once more; nothing has been sent.
bulk-incomplete = Fill in the fields first. An agency is chosen from the list that appears as you type.
bulk-none = Mark reports in the list first, then choose what to do.
bulk-no-proposal = There is no proposal for this report yet. Open it to decide.
bulk-left-out = left out
bulk-count =
    { $left ->
        [0] { $count ->
            [one] One report will be sent.
           *[other] { $count } reports will be sent.
        }
       *[other] { $count ->
            [one] One report will be sent, { $left } are left out.
           *[other] { $count } reports will be sent, { $left } are left out.
        }
    }
bulk-count-done = { $count ->
    [one] One report has been sent.
   *[other] { $count } reports have been sent.
}
today-title = Today
today-about = Reports that wait, as of today.
today-press = Press a number to see what it is made of.
today-all = All
today-person = Officer
today-nobody = Not taken yet
today-without-account = Officer without an account
today-nothing = No report waits.
today-idle = Nothing waits
today-back = All agencies
today-urgent = Urgent
today-late = Late
today-today = Due today
today-tomorrow = Due tomorrow
today-unclaimed = Not taken
today-contested = Contested
today-waiting = Waiting for the reporter
desk-count =
    { $more ->
        [yes] { $count }+
       *[no] { $count }
    }
desk-empty = Nothing waits on this list.
desk-more = Next page
desk-keys = Keys
desk-keys-about = Keyboard: j and k move, Enter opens, a accepts the proposal, ? shows all keys.
desk-key-next = Next
desk-key-back = Previous
desk-key-open = Open the case
desk-key-accept = Accept the proposal, or the case
desk-key-other = Forward as the second or third category
desk-key-queue = Back to the queue
desk-key-note = A note for other officers
desk-key-send = Look first, then send
desk-key-help = Show these keys
desk-close = Close
desk-proposal = Proposal
desk-guesses = Categories read from the story
desk-guess = { $category }: { $percent } %
desk-why-chosen = The reporter's category: { $category }.
desk-why-guessed = Read from the story: { $category }, { $percent } % sure.
desk-why-nothing = No category could be read from the story.
desk-why-returned = Suggested by the agency that sent it back.
desk-why = { $why }
desk-accept-proposal = Forward to { $agency }
desk-accept-proposal-as = Forward to { $agency } as { $category }
desk-accept-case = Accept to work on it
desk-done = { $ticket }: { $what }.
desk-nearby = Similar cases that are open
desk-nearby-people = Reporters:
desk-merge-into = Merge into this
desk-late = Late: { $what }
desk-urgent = Urgent
desk-secret = Secret
desk-sensitive = Sensitive
desk-hidden = Hidden
desk-returned = { $count ->
    [one] Sent back once
   *[other] Sent back { $count } times
}
desk-due = { $what }: by { $date } (in { $days ->
    [one] a day
   *[other] { $days } days
})
desk-due-today = { $what }: by today
desk-due-past = { $what }: was due { $date } ({ $days ->
    [one] a day ago
   *[other] { $days } days ago
})
desk-facts = Facts
desk-clocks = Clocks
desk-clock = { $what }: until { $date }
desk-clock-late = { $what }: until { $date }, which is over
desk-clock-paused = { $what }: paused
desk-class = Class
desk-answer-due = Answer due by
desk-class-information = information
desk-class-ordinary = ordinary
desk-class-supervisory = supervisory
desk-reporter = Reporter
desk-anonymous = anonymous
desk-claimed = Claimed by
desk-parent = Merged into
desk-rating = The reporter's rating
desk-no-place = not known yet
desk-moment = { $at }
desk-point = Point on the map
desk-story = The reporter's story
desk-history = History
desk-reminded = Reminders of deadlines
desk-by = by
desk-moved = To { $agency }
desk-for-reporter = read by the reporter
desk-for-officers = for officers only
desk-of-reporter = from the reporter
desk-notes = Notes among officers
desk-notes-about = Never read by the reporter or the public.
desk-notes-none = No notes yet.
desk-note-words = New note
desk-note-add = Save the note
desk-looks = Who has seen it
desk-deeds = Actions
desk-deeds-none = There is nothing for you to do on this case now.
desk-choose = Choose…
desk-photos = Photos or films
desk-preview = Check first: this is how it will look
desk-look-first = Look first
desk-not-done = Not done yet
desk-kept = What you wrote, so that it is not lost
desk-reload = Reload
desk-others-here = Also open at
desk-case-title = Case { $ticket }
desk-missing-title = Case not found
desk-missing = There is no case of this number that you can open. Check the number, or go back to the queue.
desk-form-unread = That form could not be read or is too large, so nothing was done. Go back to the case and try again.
desk-part-agency = Agency
desk-part-category = Category
desk-part-code = Reason
desk-part-parent = Number of the case it becomes part of
desk-part-mend = What the reporter can do
desk-part-body = The responsible body
desk-part-contact = How to reach that body
desk-words-answer = Answer to the reporter
desk-part-person = Officer who works on it
desk-words-note = Progress, told to the reporter
desk-words-ask = Question to the reporter
desk-words-return = Why it goes back (read by officers only)
desk-words-rule = Reasons of the ruling (read by officers only)
desk-words-reject = Explanation to the reporter
desk-words-reopen = Why it is reopened (read by the reporter)
desk-words-hide = Why it is hidden (read by the reporter)
clock-reply = reporter's reply
clock-confirm = reporter's response
clock-appeal = reporter's appeal

## Open311, the door of other systems

open311-contact = The complaint service of { $regency }. How to use this door stands in docs/open311.md.
open311-key-service = Whoever runs the complaint service of { $regency } gives keys.
open311-service = Reports about { $category } in { $regency }.
open311-attribute-type = Kind of report; a complaint without it.
open311-attribute-secret = Keep this report from the public. It gets a number, but cannot be read through this door.
open311-attribute-named = The reporter wants the agency to know her name. Without this it is not kept.
open311-attribute-reference = The number of this report in your system. The same never becomes a second report.
open311-yes = yes
open311-no = no
open311-late = { $status } (late)
open311-notice = Handled by { $agency }; to be answered by { $date }.
open311-own-page = The reporter's page, for her alone: { $link }
open311-no-media = The picture at media_url is neither fetched nor kept.
open311-danger = If there is danger now, call { $number } ({ $name }).
open311-no-page = There is no such address or format; formats are .json and .xml.
open311-no-jurisdiction = That jurisdiction_id is not served here.
open311-no-service = There is no such service_code.
open311-no-request = There is no report of that number.
open311-no-token = There is no such token; every report gets its number at once.
open311-no-key = Sending a report needs an api_key.
open311-wrong-key = That api_key opens nothing.
open311-may-not-send = That api_key is for reading only.
open311-unreadable = That cannot be read; send it as application/x-www-form-urlencoded, UTF-8, at most 64 KB.
open311-service-missing = service_code is missing.
open311-place-missing = The place is missing: give lat and long, address_string, or address_id.
open311-wrong = { $field } cannot be like that.
open311-too-soon = Too often. Try again after { $seconds } seconds.
open311-away = The data cannot be read now. Nothing is lost; try again in a moment.

## The desk: searching
desk-search-title = Search
desk-search-words = Number or words
desk-search-hint = A ticket number, or words of the story and its place. All of them must be there; word forms and short spellings are found too. A * finds what begins so: drain*
desk-search-filters = Filter
desk-search-from = Filed since
desk-search-to = Filed up to
desk-search-late = Only what is late
desk-search-button = Search
desk-search-found = Found
desk-search-none = No report fits. Try other words, or fewer filters.
desk-search-none-yet = None of the newest reports fits. Go on to older ones.
desk-search-go-on = Go on to older ones
desk-search-csv-about = The CSV has everything that fits and that you may see: status, agency, region and dates. Stories, names and exact places are not in it.
desk-search-discreet = What it says is shown on its own page only.
desk-search-channel = Channel
desk-search-due = Due
desk-search-unreadable = The filters in that address are not known. Choose again.
desk-channel-telegram = Telegram
desk-channel-web = Web
desk-channel-sms = SMS
desk-channel-whatsapp = WhatsApp
desk-channel-x = X
desk-channel-email = E-mail
desk-channel-terminal = Terminal
desk-channel-gone = A channel that is there no more
desk-channel-counter = Counter
desk-channel-phone = Telephone
desk-channel-letter = Letter
desk-channel-sp4n = SP4N-LAPOR!

## The desk: what others read
publications-title = Published answers
publications-about = The answer of a solved case is published when its time has come, unless you hold it. The reporter's story never is. Look at the title and the answer: could anything point at somebody?
publications-lists = Lists of answers
publications-batch = Answers for the public
publications-proposed = To be published
publications-held = Held
publications-published = Published
publications-none = There is no answer in this list.
publications-title-label = Title for the public
publications-case = See the report
publications-mark = Mark report
publications-reason = Why they are held
publications-hold = Hold the marked ones
publications-publish = Publish the marked ones now
publications-save = Save titles
publications-further = Next
publications-due = Published on { $date } unless it is held.
publications-held-moderator = Held by a moderator: { $reason }
publications-held-few = Too few people have reported this problem. If it were published, others could guess who did.
publications-held-decided = A moderator has already set what others read of this report. Change it on that page.
publications-found = May be a name or a number: { $words }
publications-no-reason = Write first why you hold them.
publications-unmarked = Nothing is marked yet.
publications-overtaken = { $ticket }: something has changed since this page was opened. Look once more.
publications-refused-few = { $ticket } cannot be published yet: too few people have reported this problem.
publications-refused-decided = { $ticket } is set on the page “Set what others read”.
publications-refused-title = { $ticket }: a title needs words, on one line, of at most 120 letters.
publications-refused-name = { $ticket }: the title has something that may be a name, a number or too small a place: { $words }
publications-done-hold = { $count ->
    [one] One answer is held.
   *[other] { $count } answers are held.
}
publications-done-publish = { $count ->
    [one] One answer is published.
   *[other] { $count } answers are published.
}
publications-done-title = { $count ->
    [one] One title is saved.
   *[other] { $count } titles are saved.
}
public-answer = The office's answer
statistics-answers = Published answers
case-yours-published = Anybody may read this answer. Your story and your name, nobody.

redact-link = Choose what others read
redact-page-title = What others read: { $ticket }
redact-about = Here you choose what others read of this report. Its reporter and the officers who handle it go on reading all of it, but not in groups: there, and in trainers' examples, what is covered is shown as ███.
redact-back = Back to the report
redact-discreet = This report is not shown to the public. Its title and answer can be read only once it is open.
redact-title-label = Title for the public
redact-title-hint = Without one it is category and district. No names, numbers or addresses.
redact-parts = What is covered, a line each
redact-parts-hint = Copy the words exactly; every place that has them is covered. What stands there already is a proposal.
redact-cover-chosen = Cover what is marked
redact-answer-none = There is no answer of the agency yet.
redact-answer-out = Anybody may read this answer
redact-files = Files that groups do not hear of
redact-files-hint = The public and supporters never see a reporter's files.
redact-reason = Reason (the reporter reads it)
redact-look = Preview
redact-apply = Apply
redact-preview = It will look like this
redact-preview-public = To the public
redact-preview-answer-none = Without an answer of the agency.
redact-preview-group = In officers' groups and trainers' examples
redact-preview-files = { $count ->
    [0] Without files.
    [one] Said to have one file.
   *[other] Said to have { $count } files.
}
redact-preview-reporter = The reason that the reporter reads
redact-history = Earlier decisions
redact-former = { $at } by { $name }: { $covered } parts covered, title: { $title }
redact-clear = Uncover everything
redact-no-reason = Write the reason first. The reporter reads it.
redact-not-there = Not found in the text: “{ $words }”. Copy it exactly as it is written, a line each.
redact-overtaken = Something has changed on this report since the page was opened. Nothing was applied; look once more.
redact-left = There may still be personal data: { $words }
redact-done = Applied, and the reporter was told.

## The desk: counter, telephone, letters
counter-title = New report
counter-about = For people who come, call or write a letter. Their report gets the same number, agency and clocks as one from the chat.
counter-channel = It came by
counter-story = What the reporter says
counter-story-hint = In her own words. No names, telephone numbers or NIK in here.
counter-choose = Choose
counter-unknown = Not clear
counter-place = Where it is
counter-place-hint = A landmark, street, lane, RT. Where no village is chosen, it is looked for in these words.
counter-region = Village
counter-region-open = From the words
counter-anonymous = Without a name
counter-named = With a name, which the officers who handle it read
counter-name = The reporter's name
counter-secret = Keep it secret: the public does not see what it says
counter-files = Photos or scans of the letter
counter-files-hint = Several are fine: photos, PDF or documents, each up to 20 MB. If the reporter wants no name, cover her name and address first.
counter-files-ticked = These will be attached. Untick what should not be.
counter-file-size = { $file }, { $kilobytes } KB
counter-file-too-big = One file is larger than { $megabytes } MB and was left out. Everything else is still here; choose a smaller one.
counter-file-too-many = There are too many files for one report. The first ones are still here, the rest was left out.
counter-file-kind = No photo, PDF or document, so it cannot be taken: { $files }. Everything else is still here; choose a photo, a PDF or a document.
counter-file-not-kept = One file could not be kept. Everything else is still here; choose it again.
counter-consent = The reporter knows and agrees: her report is kept and passed on to the agency in charge.
counter-look = Check
counter-preview = It will be filed like this
counter-held = A verifier reads this report first; it is not passed on to an agency yet.
counter-nearby-hint = These may be about the same. Tell the reporter; if she still wants to, file it, it can be merged later.
counter-support = Support this report
counter-supported = Noted as a supporter of { $ticket }. The next caller can be entered below.
counter-support-refused = That report can no longer be supported. Enter a new one, or choose another.
counter-support-note = A supporter from the counter, noted by { $name }. Channel: { $channel }.
counter-phone = Telephone number, if she wants to be told
counter-phone-hint = May stay empty. It is kept sealed, is opened only by officers of the agency that answers, and goes with the reporter's data.
counter-phone-wrong = That telephone number is not complete. Write 8 to 15 digits, or leave it empty.
callers-link = Numbers to ring
callers-title = Who wants to be told about { $ticket }
callers-about = Numbers of supporters who asked to be rung. Each opening of this page is logged.
callers-none = Nobody has left a number.
counter-file = File the report
counter-no-story = That is too short. Write at least three words.
counter-no-category = Choose a category. In doubt choose Not clear.
counter-no-region = That village is not known. Choose again.
counter-no-name = Write the reporter's name, or choose without a name.
counter-no-consent = The reporter must know and agree first. If she does, tick the box.
counter-note = Typed in by { $name }. Channel: { $channel }.
slip-title = Receipt of a report
slip-follow = How to follow it
slip-follow-own = Scan this picture, or open the address below. That page is for you alone: give it to nobody.
slip-follow-number = With the number alone anybody sees where it stands, not what it says, at
slip-follow-here = Or ask at the counter with this number.
slip-secret = This report is kept secret. With its number alone nobody finds it; only your own page opens it.
slip-secret-here = Not even the counter sees anything by this number. Keep this paper where you alone can reach it.
slip-keep = Keep this paper. The number cannot be found by your name.
slip-print = Print
slip-next = Next report
slip-open = Open the report

## The desk: map of a report
desk-map-place = Map: { $place }
desk-map-pin = Map: { $place }, with the point that the reporter shared

## The desk: settings
settings-title = Settings
settings-about = What is changed here is kept in this regency's files. Each change is checked first, recorded with who and when, and can be taken back.
settings-files = Files
settings-holds-when = What is saved holds once "Bring into force now" is pressed on the page of the settings.
settings-in-force = All that stands in these files is in force.
settings-waiting = Saved, but not in force yet:
settings-apply = Bring into force now
settings-apply-about = The service starts again. Whoever writes meanwhile waits some seconds; nothing is lost.
settings-begins-anew = The service is starting again. This page follows by itself.
settings-not-applied = It cannot be brought into force: the service could not start again. Ask whoever runs the server; the reason is in the service's log. The service runs on as before.
settings-people = Officers
settings-people-about = Add, disable, give codes or passwords. It holds at once.
settings-costs = Cost of messages
settings-costs-none = No message has been billed yet.
settings-costs-about = What providers bill, by month. Prices stand on the page Prices of messages.
settings-cost = { $month }, { $channel }: { $units } { $kind }, { $cost }
settings-over-ceiling = { $channel } has reached this month's ceiling ({ $ceiling }): answers go on, notices wait. The ceiling is on the page Prices of messages.
settings-cost-without-price = { $month }, { $channel }: { $units } { $kind }, no price yet
settings-history = What was changed
settings-history-none = Nothing has been changed here yet.
settings-undo = Take this change back
settings-back = Back to the settings
settings-numbers = Its numbers
settings-rows = Its rows
settings-edit-row = Change row
settings-new-row = New row
settings-whole = Edit the whole file
settings-whole-hint = Comments that begin with # stay. What the file holds is said in data/README.md.
settings-text = What the file holds
settings-empty = (empty)
settings-look = See what changes
settings-remove = Take this row out
settings-wordings = Its sentences
settings-wordings-hint = What stands in braces is filled in by the service and has to stay.
settings-seek = Search a sentence or its name
settings-seek-button = Search
settings-seek-none = Nothing fits. Write a word or two of the sentence that you want to change.
settings-seek-more = There is more; write a rarer word.
settings-edit-wording = Change the sentence
settings-own-words = own words
settings-project-words = The project's words:
settings-as-project = Back to the project's words
settings-preview = What changes
settings-fits = Checked: nothing is wrong.
settings-why = Reason
settings-save = Save
settings-done = Saved.
settings-same = Nothing changes.
settings-no-why = Write the reason first.
settings-wrong = It cannot be saved. Line { $line }: { $what }; { $mend }.
settings-in-use = It cannot be taken out: { $codes } still hold reports or have officers. Move those first.
settings-category-in-use = It cannot be taken out yet: open cases are of the category { $codes }. Finish them or give them another category first.
settings-meanwhile = Somebody else has changed this file since the page was opened. Nothing was overwritten; compare with what it holds now.
settings-unreadable = That form cannot be read, or its row is gone. Nothing was changed.
settings-not-written = The file { $file } cannot be written. Nothing was changed; look at the rights of its folder.
settings-changed = { $at }, { $name }: { $file }. { $why }
settings-rule-accepted = A rule from { $cases } reports that were moved to the same agency
settings-undone = Taking back change { $number } ({ $why })
settings-file-deadlines = Deadlines
settings-file-agencies = Agencies
settings-file-routing = Routing rules
settings-file-hotlines = Hotlines
settings-file-categories = Categories
settings-file-limits = Limits
settings-file-holidays = Holidays
settings-file-templates = Empty sentences
settings-file-answers = Answers to begin with
settings-file-nearby = Similar reports
settings-file-retention = How long things are kept
settings-file-publication = Answers for the public
settings-file-prices = Prices of messages
settings-file-sp4n = Names at SP4N
settings-column-code = Code
settings-column-name = Name
settings-column-parent = Below
settings-column-kind = Kind
settings-column-regions = Regions
settings-column-sensitive = Sensitive
settings-column-contact = Contact
settings-column-aliases = Other names
settings-column-slug = Code
settings-column-physical = Can be photographed
settings-column-number = Number
settings-column-for = For
settings-column-note = Note
settings-column-category = Category
settings-column-region = Region
settings-column-type = Type of report
settings-column-agency = Agency
settings-column-priority = Priority
settings-file-texts = Words of the chat ({ $language })
settings-file-faq = Answers to questions ({ $language })
settings-number-information = Answer a request for information (working days)
settings-number-ordinary = Answer an ordinary complaint (working days)
settings-number-supervisory = Answer a supervisory complaint (working days)
settings-number-verify = Check a new report (working days)
settings-number-verify-again = Check one that was sent back (working days)
settings-number-accept = Accept (working days)
settings-number-follow-up = Follow up (working days)
settings-number-rule = Rule whose it is (working days)
settings-number-reply = Reporter replies to a question (working days)
settings-number-confirm = Reporter says that it is mended (working days)
settings-number-appeal = Reporter asks for another look (working days)
settings-number-reopen = Opened again within (calendar days)
settings-number-questions = Questions to the reporter (at most)
settings-number-nudge = First nudge (per cent of the time)
settings-number-unit-head = Unit head hears (per cent of the time)
settings-number-agency-head = Agency head hears (working days after the end)
settings-number-national = National admin hears (working days after the end)
settings-number-morning = Morning hour
settings-number-take = Hours to take an urgent report
settings-number-evening = Evening hour
settings-number-filed-an-hour = Reports of one person an hour
settings-number-filed-a-day = Reports of one person a day
settings-number-failed-lookups = Failed look-ups an hour
settings-number-files = Files of one report
groups-title = Telegram groups
groups-about = Each agency can have one group, where the cards of its reports arrive. It holds at once.
groups-once = Write it down now: this code is shown once, and holds for 24 hours. An officer of that agency writes it in the group.
groups-code = Group code
groups-unbind = Unbind the group
groups-none = No group yet.
groups-bound = Has a group since { $at }.
groups-code-given = { $agency }: /ikat { $code }
groups-code-recorded = Group code for { $agency }
groups-unbound-recorded = The group of { $agency } was unbound
people-about = Officers, trainers and admins. Whoever is disabled is signed out everywhere at once.
people-once = Write it down now: this code is shown once, and holds for 24 hours. The officer sends it to the bot in Telegram.
people-everybody = Everybody
people-add = Add an officer
people-name = Name
people-roles = Roles
people-agency = Agency
people-no-agency = No agency
people-password = Password
people-password-hint = At least 12 letters. Without one the officer gets a code for Telegram.
people-is-off = disabled
people-disable = Disable
people-enable = Enable
people-code = Telegram code
people-set-password = Give a password
people-change = Change name, roles or agency
people-save = Save
people-end-sessions = Sign out everywhere
people-codes-on = one-time codes
people-not-her-role = You cannot give up your own role as admin.
people-code-given = { $name }: /masuk { $code }
people-refused = That cannot be: the name is taken, or the person is disabled.
people-no-name = Write the name.
people-no-roles = Choose at least one role.
people-needs-agency = That role needs an agency. Choose it.
people-weak-password = That password is too short or easily guessed. Use at least 12 letters.
people-mail = E-mail address
people-mail-about = For officers without Telegram: they are told by mail. A code is sent to this address; the officer types it on the page Account.
people-mail-save = Save and send a code
people-mail-drop = Remove the address
people-mail-refused = That address cannot be used: check its spelling, or somebody else has it.
people-mail-unconfirmed = { $address } (not confirmed yet)
people-mail-confirmed = { $address }
people-mail-returned = { $address } (mail came back; give another address)
people-not-herself = You cannot disable yourself.

# SP4N-LAPOR! at the desk

sp4n-title = SP4N
sp4n-about = What went to { $body } and came from there.
sp4n-off = This service is not connected yet. Set LAPOR_SP4N_URL and LAPOR_SP4N_KEY; docs/sp4n.md says how.
sp4n-look = To look at
sp4n-latest = Latest
sp4n-none = Nothing went there or came yet.
sp4n-further = Older
sp4n-handover = Handed over there
sp4n-progress = Progress sent there
sp4n-report = A report came from there
sp4n-status = Its status there changed
sp4n-word = Their word: { $word }
sp4n-not-read = Cannot be read yet; we ask for it again.
sp4n-not-sent-yet = { $count ->
    [one] Not sent yet after one try. { $code }
   *[other] Not sent yet after { $count } tries. { $code }
}
sp4n-waiting = { $count ->
    [one] One waits to be sent.
   *[other] { $count } wait to be sent.
}
sp4n-in-the-way = { $count ->
    [one] One is held up: { $code }
   *[other] { $count } are held up: { $code }
}
sp4n-unreadable = { $count ->
    [one] One report from there cannot be read yet. Nothing is lost; we ask for it again.
   *[other] { $count } reports from there cannot be read yet. Nothing is lost; we ask for them again.
}
sp4n-unmapped = Topic { $topic } ({ $name }) is not on the page Names at SP4N yet: { $count ->
    [one] one report came in without a category and waits for a verifier.
   *[other] { $count } reports came in without a category and wait for a verifier.
}
sp4n-without-topic = Category { $category } has no topic on the page Names at SP4N yet: { $count ->
    [one] one report was handed over without one.
   *[other] { $count } reports were handed over without one.
}
desk-elsewhere = Number at { $body }
desk-elsewhere-status = { $number }, { $word }

# Short words (SMS): the same key with "brief-" before it

brief-review-card = Your report:
brief-review-choose = Your report. Choose its category:
brief-card-story = "{ $story }"
brief-card-story-long = "{ $beginning } ... { $end }"
brief-card-type = { $type }
brief-card-category = { $category }
brief-card-category-doubt = Category: ?
brief-card-place = { $place }
brief-card-anonymous = Anonymous
brief-card-consent = Send = you agree it is stored and passed on.
brief-affirm-draft = If everything is right, answer: send
brief-thumb = Ready. If everything is right, answer: send
brief-filed-follow = Keep the number. Send it here to see the progress.

# Words for a channel without buttons (SMS, e-mail, X, terminal): the same key with "no-buttons-" before it

no-buttons-affirm-draft = If everything is right, write Send.
no-buttons-aside-ask = Is that message a new report? If so, write Make it a report. To see how a report is going or to add something, write My reports.
no-buttons-button-stale = That choice is no longer valid.
no-buttons-cancel-doubt = Nothing has been deleted. Choose one of these:
no-buttons-card-consent = By answering Send you agree that this report is kept and passed on to the authority in charge.
no-buttons-card-sensitive = This report will be held by special officers, not by whom it is about. Write Keep secret if the public must not see what it says.
no-buttons-fears = It is natural to worry. Your name is not shown unless you choose Give my name yourself. If the public should not see what you wrote either, write Keep secret before you send it.
no-buttons-forget-last = This cannot be undone. Want a copy? Write My data first.
no-buttons-forget-press = To be sure, please answer with the number of your choice.
no-buttons-help =
    This is how it works:
    • To report: write what happened and where, check the card, write Send.
    • To follow: send your ticket number (LP-XXXX-XXXX) or /status.
    • My reports: /laporanku
    • To cancel: /batal
    • Language: /bahasa · Your data: /privasi
    • Two apps? Join them: /join

    An emergency? Call 112.
no-buttons-name-offer = Your name is only given if you choose so. Give it?
no-buttons-name-unclear = I did not take that as a name. Type just your name, or write Send without one. If that message belongs to the report, choose below.
no-buttons-no-answer-in-draft = I have no answer to that yet. Ask again once this report is sent, and I will pass it on to the agency. If that message belongs to the report, choose below.
no-buttons-other-matter = One report for one matter, so that it is handled soon. Send this one first, then write the other. If that message is still about this matter, choose below.
no-buttons-out-of-scope = Sorry, I cannot help with that. I take complaints, wishes and questions for the government. If this is one, choose below.
no-buttons-own-ask-remark = Is there anything you would like to say about how it was handled? Just write it, or choose Skip.
no-buttons-own-sent-ask = Is there more? Just write or send it. When that is all, choose That is all.
no-buttons-own-since-answered = That choice is from before: since then there is a new answer to report { $ticket }.
no-buttons-own-since-asked = That choice is from before: since then an officer has asked about report { $ticket }.
no-buttons-own-since-ended = That choice is from before: report { $ticket } is closed by now.
no-buttons-own-since-moved = That choice is from before: report { $ticket } has changed hands since.
no-buttons-pauses = Fine, I will wait. What you have written is kept. If that message belongs to the report, choose below.
no-buttons-praise = Thank you, that is good to hear. Shall we pass this praise on to the agency? Choose below.
no-buttons-review-card = Your report. Have a quick look, then write Send.
no-buttons-send-choose = Before sending, choose the category, or choose I do not know.
no-buttons-service-in-short = In short: free, without ID card or account; name, photo and place may be left out. After Send you get a ticket number, and an officer of the agency in charge answers here. If that message was part of the report, choose below.
no-buttons-story-not-added = I have not put that into your report. If it is part of it, choose below.
no-buttons-thumb = Ready. If everything is right, write Send.

# Words for a channel without positions (e-mail): the same key with "no-places-" before it

no-places-greet = Hello! Is there something to report? Write what happened and where. Photos are welcome.
no-places-new-place-ask = Write the place.
no-places-place-ask = Where is it? Write the road, the village or something nearby.
no-places-sticker = I understand words and photos; voice, video and documents I keep as attachments. Just write what happened and where.
no-places-sticker-draft = I do not understand this one; words and photos I do. Your report is still saved.

# Words for a channel of words alone (SMS, X): the same key with "no-files-" before it

no-files-greet = Hello! Is there something to report? Write what happened and where.
no-files-own-ask-add = What would you like to add to report { $ticket }? Just write it.
no-files-own-ask-appeal = Why should report { $ticket } be looked at once more? A few words are enough.
no-files-own-ask-dispute = Sorry that it is not mended. What is still wrong? A few words are enough.
no-files-own-ask-reopen = What is not mended after all? A few words are enough.
no-files-own-ask-reply = Write your answer for report { $ticket }.
no-files-own-sent-ask = Is there more? Just write it. When that is all, choose That is all.
no-files-photo-ask = We cannot take photos here. Just tell in words what can be seen.
no-files-service-in-short = In short: free, without ID card or account; name and place may be left out. After Send you get a ticket number, and an officer of the agency in charge answers here. If that message was part of the report, choose below.
no-files-sticker = I understand words alone. Just write what happened and where.
no-files-sticker-draft = I do not understand this one; words alone I do. Your report is still saved.
no-files-story-ask = What happened, and where? Write it in your own words.

# Talks: messages that are labelled by what they do
acts-title = Talks
acts-kinds = What the inbox holds
acts-of-reports = What messages are about
acts-of-talks = Talks ({ $count })
acts-about = Each message stands below what was asked just before it. Choose what the message does. Personal data are covered; talks about a report that is secret, sensitive or was not sent are not here.
acts-keys = Keys: 1–9 choose, o opens the other choices, s puts it off, x puts it away, u takes it back, arrows or j and k move.
acts-empty = No talk is waiting.
acts-guess = Guess: { $label }, { $percent } %
acts-choices = What this message does
acts-other = Other choices
acts-other-use = Use this choice
acts-skip = Later
acts-put-away = Put away, also if it does several things
acts-skipped = Put off, behind all others.
acts-wrong = There is no such choice for this question. Load this page again.
acts-decided = Talks
acts-save = Save talks
acts-conflicts = Some stand in the data as something else, as it says below them. Take that label back, then save.
acts-personal = One of them still holds personal data. Take that label back and put the message away, then save.
acts-other-act = in the data: { $label }
data-change-acts = Talks
asked-nothing = no report is open
asked-story = asked: what happened, and where?
asked-place = asked: where is it?
asked-category = asked: what is it about?
asked-name = asked: under which name?
asked-photo = asked: the photo
asked-card = the report is shown, to be sent
asked-cancel = asked: cancel this report?
asked-filed = the report was just sent
asked-secret = asked: keep it secret?
asked-type = asked: complaint, aspiration or request for information?
asked-matters = asked: are these two reports?
asked-stale = asked: go on with the old report?
asked-put-aside = asked: is it the same as another's report?
asked-contribute = asked: an answer or addition to a report
asked-withdraw = asked: withdraw the report?
asked-ticket = asked: the ticket number
asked-forget = asked: erase the data?
asked-weekly = asked: which village?
