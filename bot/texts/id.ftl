# Every word that a citizen reads, in Indonesian. Keys are step-moment; one idea a message; "Anda".
# A button is button-<what it does>. Change words freely; a test finds a key that is missing or not used.

## Meeting

welcome =
    Halo! Ceritakan saja apa yang terjadi dan di mana, dengan kata-kata Anda sendiri. Saya teruskan ke instansi yang berwenang.

    Contoh: "lampu jalan di Petung mati sudah 2 minggu".
greet =
    Halo! Ada yang bisa dilaporkan? Tulis saja apa yang terjadi dan di mana. Foto dan lokasi juga boleh.
greet-draft = Halo lagi! Laporan Anda masih tersimpan di sini.
thanks = Sama-sama. Terima kasih sudah peduli.
goodbye = Sampai jumpa. Tulis kapan saja bila ada yang perlu dilaporkan.
affirm = Baik. Kalau ada yang ingin dilaporkan, tulis saja apa yang terjadi dan di mana.
affirm-draft = Kalau sudah benar, tekan Kirim pada kartu ini.
deny = Baik. Saya tetap di sini bila Anda perlu.
praise = Terima kasih, itu membuat kami senang. Ingin pujian ini disampaikan ke instansinya? Tekan tombol di bawah.
out-of-scope = Maaf, untuk itu saya tidak bisa membantu. Saya menerima pengaduan, aspirasi, dan permintaan informasi untuk pemerintah. Kalau ini memang laporan, tekan tombol di bawah.
answer = { $answer }
help =
    Begini caranya:
    • Melapor: tulis apa yang terjadi dan di mana, lalu periksa kartunya dan tekan Kirim.
    • Mengikuti: kirim nomor tiket Anda (LP-XXXX-XXXX) atau /status.
    • Laporan saya: /laporanku
    • Membatalkan: /batal
    • Bahasa: /bahasa · Data Anda: /privasi

    Keadaan darurat? Telepon 112.
scolded = Maaf membuat Anda kesal. Yang sudah Anda tulis tetap aman.
letters-back = Baik.
sticker = Saya mengerti tulisan, foto, dan lokasi; suara, video, dan dokumen saya simpan sebagai lampiran. Tulis saja apa yang terjadi dan di mana.
sticker-draft = Yang ini tidak saya mengerti; tulisan, foto, dan lokasi bisa. Laporan Anda tetap tersimpan.
group = Halo! Supaya data Anda aman, laporan hanya diterima lewat obrolan pribadi. Buka profil saya, lalu tekan Mulai.
command-unknown = Perintah itu belum saya kenal. Ketik /bantuan untuk melihat yang bisa saya lakukan.
account-code-missing = Tulis kodenya di belakang perintah: /masuk KODE. Kode itu dari admin layanan.
account-code-wrong = Kode itu tidak berlaku di sini. Periksa lagi, atau minta kode baru kepada admin layanan.
account-paused = Terlalu banyak percobaan. Coba lagi mulai { $until }.
account-tied = Akun ini sekarang terhubung dengan { $name }.
lesson = Pesan ini tentang apa? (tinggal { $left })

    „{ $words }“
lesson-five-done = Terima kasih, lima pesan selesai.
lesson-all-done = Tidak ada pesan yang menunggu. Terima kasih!
button-teach-more = Lima lagi
language-ask = Pilih bahasa · Choose a language
language-set = Baik, mulai sekarang saya berbahasa Indonesia.
privacy =
    Yang kami simpan: cerita, tempat, lampiran, dan nama hanya bila Anda mencantumkannya. Gunanya: supaya instansi yang berwenang bisa menangani laporan Anda dan Anda bisa mengikutinya.

    Tanpa nama, Anda anonim bagi umum dan bagi pihak yang dilaporkan. Laporan yang dirahasiakan tidak bisa dilihat umum. Dari laporan lain, siapa pun yang melapor hal yang sama melihat kategori, kecamatan, status, dan jumlah pelapornya, tidak pernah cerita Anda. Akun obrolan Anda hanya dipakai untuk mengabari Anda. Dari kalimat laporan yang tidak rahasia, dengan data pribadi ditutup, layanan ini belajar memahami warga.

    Draf yang belum dikirim bisa dihapus kapan saja.

## Danger

emergency =
    Kalau ada bahaya sekarang, telepon dulu:
    { $hotlines }

    Setelah aman, laporan tetap bisa diteruskan di sini.

## The story

story-ask = Apa yang terjadi, dan di mana? Tulis dengan kata-kata Anda sendiri. Foto juga boleh.
story-too-short = Sudah saya catat. Boleh ceritakan sedikit lagi: apa yang terjadi, dan di mana?
story-added = Sudah saya tambahkan ke laporan. Periksa kartunya.
story-not-added = Itu belum saya masukkan ke laporan. Kalau memang bagian dari laporan, tekan tombol di bawah.
story-noted = Sudah saya catat.
story-same = Itu sudah ada di laporan Anda.
story-edited = Cerita sudah diganti sesuai pesan yang Anda ubah.
edit-unknown = Perubahan pada pesan lama tidak saya baca. Kalau ada yang ingin ditambahkan, tulis pesan baru.
card-story-long = “{ $beginning } … { $middle } … { $end }”
story-left-out = ({ $count } huruf lagi, semuanya tersimpan)
story-replaced = Cerita sudah diganti.
new-story-ask =
    Sekarang tertulis:
    “{ $story }”

    Tulis cerita yang baru. Yang lama akan diganti.
new-story-ask-long =
    Sekarang tertulis:
    “{ $beginning } … { $middle } … { $end }”

    Tulis cerita yang baru. Yang lama akan diganti.
draft-kept = Anda masih punya laporan yang belum dikirim:
stale-ask =
    Anda masih punya laporan yang belum dikirim:
    “{ $story }”

    Apakah pesan barusan bagian dari laporan ini?

stale-ask-long =
    Anda masih punya laporan yang belum dikirim:
    “{ $beginning } … { $middle } … { $end }”

    Apakah pesan barusan bagian dari laporan ini?
stale-price = Kalau bukan, laporan lama ini dihapus dan pesan barusan menjadi laporan baru.

## The place

place-ask = Di mana itu? Tulis nama jalan, desa, atau patokan terdekat, atau bagikan lokasi.
new-place-ask = Tulis tempatnya, atau bagikan lokasi.
place-noted = Tempat dicatat: { $place }.
place-found = Lokasi dicatat: { $place }.
place-pin-kept = Lokasi dicatat.
place-outside = Lokasi itu di { $place }, di luar wilayah kami. Laporan tetap bisa dikirim dan akan diteruskan ke pemerintah provinsi.
place-outside-province = Lokasi itu di luar provinsi kami. Laporan tetap bisa dikirim dan akan diteruskan ke layanan nasional.
place-skipped = Baik, tanpa tempat.

## The card

review-card = Laporan Anda. Periksa sebentar, lalu tekan Kirim.
review-choose = Laporan Anda. Pilih dulu kategorinya.
card-story = “{ $story }”
card-no-story = Cerita: belum ada
card-matters = Sepertinya ada dua hal: { $first } dan { $second }. Bila dipisah, masing-masing sampai ke instansinya.
card-type = Jenis: { $type }
card-category = Kategori: { $category }
card-category-doubt = Kategori: pilih yang paling cocok di bawah ini
card-category-unknown = Kategori: tidak tahu (petugas yang akan menentukan)
card-place = Tempat: { $place }
card-place-pin = Tempat: lokasi yang Anda bagikan
card-no-place = Tempat: tidak disebut
card-outside = { $place } di luar wilayah kami; laporan akan diteruskan ke pemerintah provinsi.
card-outside-province = Tempat ini di luar provinsi kami; laporan akan diteruskan ke layanan nasional.
card-day = Waktu: { $since }
card-days = Waktu: { $since } – { $until }
card-files = Lampiran: { $files }
card-anonymous = Identitas: anonim
card-named = Nama: { $name } (hanya untuk petugas yang menangani)
card-secret = Rahasia: orang lain tidak bisa melihatnya, juga dengan nomornya
card-sensitive = Laporan ini akan dipegang petugas khusus, bukan pihak yang dilaporkan. Tekan Rahasiakan bila isinya tidak boleh dilihat umum.
card-consent = Dengan menekan Kirim, Anda setuju laporan ini disimpan dan diteruskan ke instansi yang berwenang.
card-nearby = Sudah dilaporkan { $people ->
        [1] satu orang
       *[other] { $people } orang
    }: { $category }, { $place } · { $status } · sejak { $since } · { $ticket }
card-nearby-closed = Baru saja selesai: { $category }, { $place } · { $closed } · { $ticket }
card-nearby-same = Hal yang sama? Cukup dukung laporan itu dan ikuti kemajuannya. Kalau bukan, lanjutkan laporan Anda.
card-nearby-again = Kalau ternyata belum beres, lanjutkan laporan Anda.
card-put-aside = Laporan ini belum dikirim. Anda mendukung laporan { $ticket }.
card-filed = Laporan ini sudah terkirim.
card-cancelled = Laporan ini dibatalkan.
type-complaint = Pengaduan
type-aspiration = Aspirasi
type-information = Permintaan informasi
type-ask = Ini pengaduan, usul, atau pertanyaan?
type-noted = Jenis sudah diganti.
category-groups = Pilih bidangnya:
category-leaves = { $group }. Pilih yang paling cocok:
category-noted = Kategori dicatat.
category-unknown-noted = Tidak apa-apa, petugas yang akan menentukan kategorinya.
category-none = belum ditentukan
change-ask = Apa yang ingin diubah?
name-ask = Ketik nama Anda. Nama hanya dilihat petugas yang menangani.
name-from-profile = Nama Anda dicantumkan sebagai { $name }, hanya untuk petugas yang menangani. Ketik nama lain bila perlu.
name-noted = Nama dicantumkan: { $name }. Hanya petugas yang menangani yang melihatnya.
name-dropped = Nama dihapus. Anda kembali anonim.
split-noted = Dipisah. Kirim yang ini dulu; yang kedua saya simpan dan saya tampilkan sesudahnya.
split-next = Sekarang yang kedua.
join-noted = Baik, jadi satu laporan lagi.
secret-noted = Dirahasiakan: orang lain tidak bisa melihatnya sama sekali, juga dengan nomornya. Petugas khusus memeriksanya dulu.
publish-noted = Tidak lagi dirahasiakan: umum dapat melihat kategori dan kemajuannya, tidak pernah ceritanya.
photo-ask = Kirim fotonya sekarang, boleh beberapa. Video, suara, dan dokumen juga bisa.
files-photo = { $count } foto
files-video = { $count } video
files-voice = { $count } pesan suara
files-document = { $count } dokumen
files-noted = Lampiran dicatat: { $files }
files-enough = Lampiran sudah { $most }, itu batasnya. Yang sudah ada tetap tersimpan.
send-too-early = Sedikit lagi sebelum bisa dikirim.
send-choose = Sebelum mengirim, pilih dulu kategorinya, atau tekan Tidak tahu.

## Files

files-refused = { $files } tidak bisa kami simpan.
file-empty = Isinya kosong. Coba kirim sekali lagi.
file-too-big = Ukurannya lebih dari 20 MB. Kirim yang lebih kecil, misalnya video yang lebih pendek.
file-too-large-inside = Isinya terlalu besar untuk dibuka. Kirim ulang sebagai foto biasa.
file-broken = Isinya rusak atau terpotong. Coba kirim sekali lagi.
file-kind = Jenis ini tidak bisa kami buka. Yang bisa: foto, video, suara, PDF, dan dokumen.
file-program = Isinya program atau halaman web, jadi demi keamanan tidak kami terima. Kirim foto layarnya saja.
file-macros = Di dalamnya ada program atau berkas lain. Cetak ulang sebagai PDF biasa, atau kirim fotonya.
file-disguised = Isinya bukan hanya seperti yang terlihat, jadi demi keamanan tidak kami terima. Kirim foto layarnya saja.
file-locked = Dokumennya terkunci kata sandi. Kirim yang tidak terkunci, atau fotonya.
file-disk-full = Tempat penyimpanan kami sedang penuh. Coba kirim lagi nanti.
file-gone = Berkasnya tidak dapat kami ambil. Coba kirim sekali lagi.
files-draft-kept = Cerita dan yang lain tetap tersimpan. Laporan bisa dikirim tanpa itu.
files-case-goes-on = Laporan yang sudah terkirim tetap ditangani.

## Giving up a draft

cancel-ask = Batalkan laporan ini? Cerita dan lampirannya akan dihapus.
cancelled = Laporan dibatalkan dan dihapus. Tulis kapan saja bila ingin melapor lagi.
cancel-nothing = Tidak ada laporan yang sedang dibuat. Ingin membuat yang baru?
button-stale = Tombol itu sudah tidak berlaku.
already-filed = Laporan itu sudah terkirim dengan nomor { $ticket }.

## Filed

filed = Laporan terkirim. Nomor tiket Anda: { $ticket }
filed-held = Laporan diterima. Nomor tiket Anda: { $ticket }
filed-agency = Ditangani oleh: { $agency }. { $reason }
filed-deadline = Dijawab paling lambat { $date }.
filed-secret = Laporan ini rahasia: hanya Anda dan petugas yang berwenang dapat membukanya.
filed-follow = Simpan nomor itu. Kirim nomornya ke sini kapan saja untuk melihat kemajuannya.
filed-link = Halaman laporan Anda, hanya untuk Anda: { $link }
filing-paused = Terima kasih, laporan Anda sudah banyak. Laporan ini tersimpan dan bisa dikirim lagi mulai { $until }.
turn-failed = Maaf, ada gangguan di pihak kami dan pesan terakhir belum dapat diproses. Yang sudah tersimpan tidak hilang. Silakan coba lagi sebentar lagi.

## Following a case

status-title = { $ticket } · { $status }
status-about = { $type } · { $category }
status-agency = Ditangani oleh: { $agency }
status-reason = { $reason }
status-filed = Diterima: { $date }
status-deadline = Dijawab paling lambat: { $date }
status-next-received = Selanjutnya: petugas memeriksa dan meneruskannya.
status-next-needs_info = Selanjutnya: petugas menunggu jawaban pelapor atas pertanyaannya.
status-next-forwarded = Selanjutnya: instansi menindaklanjuti dan menjawab.
status-next-in_progress = Selanjutnya: instansi mengerjakannya dan menjawab.
status-next-answered = Selanjutnya: pelapor menyatakan sudah beres atau belum.
status-next-disputed_authority = Selanjutnya: penengah memutuskan instansi yang berwenang.
status-next-closed = Laporan ini sudah selesai. Bila ternyata belum beres, pelapor bisa membukanya kembali.
status-next-rejected = Laporan ini tidak dapat ditangani. Pelapor bisa meminta petugas lain memeriksanya sekali lagi.
status-next-merged = Laporan ini ditangani bersama laporan lain tentang hal yang sama.
status-next-referred = Laporan ini menjadi urusan lembaga lain di luar layanan ini.
status-next-withdrawn = Laporan ini ditarik oleh pelapornya dan tidak ditangani lagi.
status-secret = Laporan ini rahasia: hanya Anda dan petugas yang berwenang dapat membukanya.
status-received = Diterima
status-needs_info = Menunggu keterangan pelapor
status-forwarded = Diteruskan ke instansi
status-in_progress = Sedang dikerjakan
status-answered = Sudah dijawab
status-disputed_authority = Menunggu keputusan penengah
status-closed = Selesai
status-rejected = Ditolak
status-merged = Digabung dengan laporan lain
status-referred = Dirujuk ke lembaga lain
status-withdrawn = Ditarik pelapor
cases-title = Laporan Anda:
cases-one = { $ticket } · { $status } · { $category } · { $date }
cases-none = Belum ada laporan yang Anda kirim dari sini.
ticket-ask = Punya nomor tiket? Kirim nomornya, misalnya LP-2345-67CX.
ticket-mistyped = Nomor { $number } sepertinya salah ketik. Coba periksa lagi hurufnya.
ticket-likely = Maksud Anda laporan ini?
ticket-unknown = Nomor { $number } tidak ditemukan. Coba periksa lagi, atau ketik /laporanku.
ticket-unreadable = Itu belum berupa nomor tiket. Bentuknya LP-XXXX-XXXX, misalnya LP-2345-67CX.
ticket-paused = Terlalu banyak nomor yang tidak ditemukan. Coba lagi mulai { $until }. Laporan Anda sendiri tetap bisa dilihat di /laporanku.
withdraw-ask = Tarik laporan { $ticket }? Laporan tidak akan ditangani lagi.
withdraw-kept = Baik, laporan { $ticket } tetap berjalan.
withdrawn = Laporan { $ticket } sudah ditarik.
withdrawn-alone = Anda tidak lagi menjadi pelapor laporan { $ticket }. Laporan itu tetap berjalan karena didukung warga lain.
withdrawal-refused = Laporan { $ticket } tidak bisa ditarik lagi. Kirim nomornya untuk melihat keadaannya.
aside-ask = Apakah pesan Anda itu laporan baru? Kalau ya, tekan tombol di bawah. Untuk melihat kemajuan laporan, ketik /laporanku.

supported = Anda mendukung laporan { $ticket }. Sekarang { $people } orang melaporkannya.
supported-follow = Kami kabari Anda di sini kalau ada kemajuan. Laporan itu juga ada di /laporanku.
supported-link = Halamannya: { $link }
put-aside = Laporan Anda sendiri belum dikirim dan tetap tersimpan.
support-refused = Laporan { $ticket } tidak bisa didukung: sudah selesai, milik Anda sendiri, atau tidak ditemukan.
support-stopped = Anda tidak lagi mendukung laporan { $ticket } dan tidak dikabari lagi.
supported-news = Kabar laporan { $ticket } yang Anda dukung: { $status }. Kirim nomornya untuk melihat selengkapnya.
supported-merged = Laporan { $ticket } yang Anda dukung digabung dengan laporan lain tentang hal yang sama. Laporan itu sekarang juga Anda dukung: lihat /laporanku.
supported-hidden = Laporan { $ticket } yang Anda dukung tidak lagi terbuka untuk umum. Anda tidak menerima kabarnya lagi.
status-supported = Anda mendukung laporan ini.
status-people = { $people } orang melaporkannya.
cases-supported = { $ticket } · { $status } · { $category } · Anda mendukung

## What she does with a report of hers

own-ask-reply = Tulis jawaban Anda untuk laporan { $ticket }. Foto juga boleh.
own-ask-dispute = Maaf, ternyata belum beres. Apa yang belum? Tulis singkat saja, foto juga boleh.
own-ask-reopen = Apa yang ternyata belum beres? Tulis singkat saja, foto juga boleh.
own-ask-appeal = Mengapa laporan { $ticket } perlu diperiksa sekali lagi? Tulis singkat saja, foto juga boleh.
own-ask-add = Apa yang ingin ditambahkan ke laporan { $ticket }? Tulis saja, atau kirim foto.
own-ask-remark = Ada yang ingin Anda sampaikan tentang penanganannya? Tulis saja, atau tekan Lewati.
own-question = Pertanyaannya: “{ $words }”
own-sent-ask = Masih ada lagi? Tulis atau kirim saja. Kalau sudah, tekan Sudah semua.
own-choose = Pesan ini untuk apa?
own-kept = Baik. Laporan { $ticket } tetap seperti semula.
own-not-lost = Yang Anda tulis tidak hilang.
own-remark-none = Baik. Terima kasih.
own-reply-done = Terima kasih. Jawaban Anda untuk laporan { $ticket } sudah kami teruskan.
own-reply-until = { $agency } melanjutkan penanganannya. Dijawab paling lambat { $date }.
own-confirm-done = Senang mendengarnya! Laporan { $ticket } selesai.
own-dispute-done = Terima kasih sudah memberi tahu. Laporan { $ticket } dikerjakan lagi.
own-reopen-done = Laporan { $ticket } dibuka kembali.
own-review-liaison = Sekarang petugas lain di { $agency } yang memeriksa. Kabar berikutnya paling lambat { $date }.
own-review-agency_admin = Sekarang pimpinan di { $agency } yang memeriksa. Kabar berikutnya paling lambat { $date }.
own-review-arbiter = Sekarang penengah di luar { $agency } yang memeriksa. Kabar berikutnya paling lambat { $date }.
own-appeal-done = Laporan { $ticket } diperiksa sekali lagi oleh petugas lain, paling lambat { $date }.
own-add-done = Sudah ditambahkan ke laporan { $ticket }. { $agency } bisa membacanya.
own-rate-ask = Bagaimana penanganannya? 1 berarti buruk, 5 berarti sangat baik.
own-rate-done = Terima kasih atas nilainya.
own-remark-done = Terima kasih, pesan Anda sudah kami simpan bersama nilainya.
own-since-moved = Tombol itu dari keadaan yang lama: laporan { $ticket } sudah berpindah tangan.
own-since-asked = Tombol itu dari keadaan yang lama: sesudahnya petugas bertanya tentang laporan { $ticket }.
own-since-replied = Anda sudah menjawab pertanyaan tentang laporan { $ticket }.
own-since-answered = Tombol itu dari keadaan yang lama: sesudahnya ada jawaban baru untuk laporan { $ticket }.
own-since-confirmed = Anda sudah menyatakan laporan { $ticket } beres.
own-since-contested = Anda sudah menyatakan laporan { $ticket } belum beres.
own-since-reopened = Laporan { $ticket } sudah dibuka kembali.
own-since-appealed = Anda sudah meminta laporan { $ticket } diperiksa sekali lagi.
own-since-withdrawn = Anda sudah menarik laporan { $ticket }.
own-since-ended = Tombol itu dari keadaan yang lama: laporan { $ticket } sudah ditutup.
own-late = Terlambat: seharusnya dijawab paling lambat { $date }. Atasannya sudah diberi tahu.
own-said = Kata petugas: “{ $story }”
own-said-long = Kata petugas: “{ $beginning } … { $middle } … { $end }”
own-said-of = { $ticket }, kata petugas: “{ $words }”
own-next-reply = Selanjutnya: kami menunggu jawaban Anda, paling lambat { $date }.
own-next-confirm = Selanjutnya: beri tahu kami sudah beres atau belum, paling lambat { $date }.
own-next-appeal = Tidak setuju? Sampai { $date } Anda bisa meminta petugas lain memeriksanya.
own-next-liaison = Selanjutnya: petugas lain di { $agency } memeriksa lagi dan menjawab.
own-next-agency_admin = Selanjutnya: pimpinan di { $agency } memeriksa lagi dan menjawab.
own-next-arbiter = Selanjutnya: penengah di luar { $agency } memeriksa dan menjawab.
own-next-reopen = Laporan ini sudah selesai. Bila ternyata belum beres, Anda bisa membukanya kembali.
own-next-over = Laporan ini sudah selesai.
button-own-reply = Jawab pertanyaan
button-own-confirm = Ya, sudah beres
button-own-dispute = Belum beres
button-own-rate = Beri nilai
button-own-reopen = Buka kembali
button-own-appeal = Minta periksa ulang
button-own-add = Tambah keterangan
button-own-done = Sudah semua
button-own-add-to-draft = Masukkan ke laporan baru
button-rating = { $count }
button-choose-reply = Jawaban untuk { $ticket }
button-choose-confirm = { $ticket } sudah beres
button-choose-dispute = { $ticket } belum beres
button-choose-add = Tambahkan ke { $ticket }

## Why this agency has it

reason-rule = Urusan { $category } ditangani instansi ini.
reason-rule-type = { $type } tentang { $category } ditangani instansi ini.
reason-rule-region = Urusan { $category } di { $region } ditangani instansi ini.
reason-sensitive = Laporan seperti ini dipegang petugas khusus, tidak pernah pihak yang dilaporkan.
reason-secret = Laporan yang dirahasiakan diperiksa petugas khusus dulu.
reason-outside-regency = Tempatnya di { $place }, di luar wilayah kami.
reason-outside-unnamed = Tempatnya di luar provinsi kami.
reason-outside-province = Tempatnya di { $place }, di luar provinsi kami.
reason-unknown-category = Petugas akan menentukan kategorinya, lalu meneruskannya.
reason-fallback = Belum ada aturan untuk urusan ini; petugas akan meneruskannya.
reason-by-hand = Petugas meneruskannya ke instansi ini.
reason-stand-in = Instansi yang berwenang belum punya petugas di sini, jadi laporan ini dipegang instansi di atasnya.

## Buttons

button-report = Buat laporan
button-mine = Laporan saya
button-help = Bantuan
button-make-report = Jadikan laporan
button-send = Kirim
button-change = Ubah
button-photo = Tambah foto
button-name = Cantumkan nama
button-drop-name = Hapus nama
button-secret = Rahasiakan
button-publish = Jangan rahasiakan
button-all = Lihat semua
button-split = Pisahkan jadi dua
button-join = Jadikan satu
button-unknown = Tidak tahu
button-share-place = Bagikan lokasi
button-skip = Lewati
button-back = Kembali
button-cancel = Batal
button-cancel-yes = Ya, batalkan
button-delete-draft = Hapus draf
button-change-story = Cerita
button-change-category = Kategori
button-change-place = Tempat
button-change-type = Jenis
button-continue = Ya, tambahkan
button-fresh = Bukan, laporan baru
button-show-status = Lihat status
button-ticket = { $ticket }
button-copy = Salin { $ticket }
button-withdraw = Tarik laporan
button-withdraw-yes = Ya, tarik
button-support = Dukung laporan ini
button-support-one = Dukung { $ticket }
button-stop-supporting = Berhenti mendukung
button-resume = Lanjutkan laporan saya
button-language-id = Bahasa Indonesia
button-language-en = English

## The list of commands

command-lapor = Buat laporan
command-status = Lihat kemajuan laporan
command-laporanku = Semua laporan saya
command-batal = Batalkan laporan yang sedang dibuat
command-bantuan = Cara memakai
command-bahasa = Ganti bahasa
command-privasi = Data yang disimpan

## Web

web-title = Lapor { $regency }
web-about = Laporkan apa saja kepada pemerintah { $regency }, dengan kata-kata Anda sendiri.
web-skip = Langsung ke kotak pesan
web-talk = Percakapan
web-you = Anda:
web-us = Lapor:
web-write = Tulis pesan
web-send = Kirim pesan
web-attach = Berkas
web-camera = Kamera
web-attached = Siap disertakan:
web-unattach = Hapus berkas
web-place-sought = Mencari lokasi Anda …
web-place-missing = Lokasi Anda tidak terbaca. Tulis saja nama jalan atau patokannya.
web-place-shared = Lokasi: { $lat }, { $lon }
web-menu = Menu
web-language = Bahasa
web-leave = Mulai baru
web-leave-about = Di komputer bersama: peramban ini langsung lupa percakapan Anda. Laporan yang sudah terkirim tetap tersimpan; catat dulu nomor tiketnya.
web-notices = Kabari saya
web-notices-on = Peramban ini akan mengabari Anda bila ada jawaban.
web-notices-off = Pemberitahuan tidak diizinkan di peramban ini. Jawaban tetap ada di halaman ini.
web-sending = mengirim …
web-waiting = menunggu sambungan
web-offline = Tidak ada sambungan. Pesan Anda disimpan di sini dan terkirim begitu tersambung.
web-typing = sedang membaca …
web-edit = Perbaiki
web-editing = Anda memperbaiki pesan sebelumnya.
web-edit-stop = Tidak jadi
web-copied = Tersalin
web-still-reading = Pesan Anda sudah diterima dan sedang dibaca.
web-reload = Muat ulang
web-offline-title = Tidak ada sambungan
web-offline-about = Halaman ini perlu internet. Pesan yang belum terkirim disimpan di perangkat ini dan terkirim begitu tersambung lagi.
web-push = Ada kabar untuk laporan Anda
web-slow-down = Pesan Anda terlalu cepat berturut-turut. Tidak ada yang hilang: tunggu sebentar, lalu kirim lagi.
web-too-long = Pesan ini terlalu panjang, paling banyak { $most } huruf. Tidak ada yang hilang: bagi menjadi beberapa pesan.
web-not-saved = Maaf, ada gangguan di pihak kami. Tidak ada yang hilang: kirim lagi sebentar lagi.
web-not-from-here = Pesan itu datang dari halaman lain, jadi tidak kami terima. Tulis dari halaman ini saja.
web-not-read = Pesan itu tidak terbaca, mungkin terlalu besar. Coba lagi dengan berkas yang lebih sedikit atau lebih kecil.
web-no-visitor = Peramban ini baru kami kenal lagi. Periksa pesannya, lalu kirim sekali lagi.
web-file-too-big = Satu berkas lebih dari { $megabytes } MB dan tidak ikut terkirim. Cerita Anda tetap tersimpan; coba berkas yang lebih kecil.
web-file-too-many = Paling banyak { $most } berkas sekali kirim. Selebihnya tidak ikut; kirim sisanya dalam pesan berikutnya.
web-file-kind = Jenis berkas itu tidak bisa diterima. Cerita Anda tetap tersimpan; kirim foto, video, suara, atau dokumen.
web-file-not-kept = Satu berkas belum dapat disimpan. Cerita Anda tetap tersimpan; coba kirim berkasnya lagi nanti.
web-file-later = Berkas Anda sudah banyak untuk saat ini dan belum ikut terkirim. Cerita Anda tetap tersimpan; kirim berkasnya lagi nanti.

## Case page

case-page-title = Laporan { $ticket }
case-skip = Langsung ke isi
case-title-district = { $category } di Kecamatan { $district }
case-title-regency = { $category } di { $regency }
case-title-outside = { $category } di luar { $regency }
case-number = Nomor tiket
case-type = Jenis
case-category = Kategori
case-regency = Wilayah
case-agency = Ditangani oleh
case-people = Dilaporkan oleh
case-people-count = { $people } orang
case-filed = Diterima
case-deadline = Dijawab
case-day = { $date }
case-deadline-day = paling lambat { $date }
case-deadline-late = seharusnya paling lambat { $date }. Tenggat itu sudah lewat.
case-timeline = Perjalanan laporan
case-yours = Hanya untuk Anda
case-yours-about = Bagian ini hanya terlihat lewat tautan Anda. Jangan bagikan tautannya; nomor tiket boleh dibagikan.
case-yours-about-secret = Halaman ini hanya terbuka lewat tautan Anda. Jangan bagikan tautannya. Bagi orang lain nomor ini tidak ditemukan.
case-reason = Mengapa instansi ini
case-story = Cerita Anda
case-story-erased = Cerita ini sudah dihapus.
case-place = Tempat
case-identity = Identitas
case-files = Lampiran
case-file-photo = Foto { $number }
case-file-video = Video { $number }
case-file-voice = Pesan suara { $number }
case-file-document = Dokumen { $number }
case-file-wanted = { $file }: sedang disimpan
case-file-gone = { $file }: tidak tersimpan
case-file-refused = { $file }: { $why }
case-share = Halaman untuk umum
case-share-about = Pindai kode ini, atau buka alamatnya. Cerita, nama, dan lampiran tidak ikut terlihat.
case-share-picture = Kode QR alamat halaman ini
case-hers-hint = Anda pelapornya? Buka tautan yang Anda terima saat laporan terkirim untuk melihat semuanya.
case-missing-title = Laporan tidak ditemukan
case-missing = Nomor ini tidak ditemukan. Coba periksa lagi hurufnya. Laporan milik Anda sendiri selalu terbuka lewat tautan yang Anda terima saat laporan terkirim.
case-unknown = Nomor { $number } tidak ditemukan. Coba periksa lagi hurufnya. Laporan milik Anda sendiri selalu terbuka lewat tautan yang Anda terima saat laporan terkirim.
case-paused-title = Berhenti sebentar
case-paused = Terlalu banyak nomor yang tidak ditemukan. Coba lagi mulai { $until }. Laporan Anda sendiri tetap terbuka lewat tautan yang Anda terima saat laporan terkirim.
case-away-title = Ada gangguan
case-away = Maaf, ada gangguan di pihak kami. Tidak ada yang hilang: buka lagi sebentar lagi.
check-title = Cek laporan
check-about = Tulis nomor tiket untuk melihat sampai di mana laporannya.
check-number = Nomor tiket
check-example = Misalnya LP-2345-67CX. Huruf kecil, spasi, atau tanpa tanda hubung juga boleh.
check-button = Lihat laporan
check-again = Cek nomor lain
check-chat = Buat laporan

sign-in-title = Masuk
sign-in-about = Untuk petugas dan pelatih. Warga melapor tanpa perlu masuk.
sign-in-name = Nama
sign-in-password = Kata sandi
sign-in-button = Masuk
sign-in-forgotten = Lupa kata sandi? Minta yang baru kepada admin layanan ini.
sign-in-wrong = Nama dan kata sandi itu tidak cocok; periksa lagi, lalu coba sekali lagi.
sign-in-paused = Terlalu banyak percobaan. Coba lagi mulai { $until }.
sign-in-elsewhere = Formulir itu datang dari halaman lain, jadi tidak kami terima. Masuklah dari halaman ini saja.
signed-in-as = Anda masuk sebagai { $name }.
signed-in-roles = Peran: { $roles }.
signed-in-agency = Instansi: { $agency }.
sign-out-button = Keluar
desk-title = Meja petugas
trainer-title = Ruang pelatih
trainer-pages = Halaman pelatih
trainer-inbox = Kotak masuk
trainer-suspicious = Label mencurigakan
suspicious-about = Model dilatih berkali-kali, setiap kali tanpa sebagian kalimat, lalu menebak yang tidak dilihatnya. Kalau kategori lain baginya lebih mungkin, labelnya patut dicurigai. Yang terburuk di atas.
suspicious-look = Cari sekarang
suspicious-running = Sedang dicari; ini makan waktu beberapa menit. Anda boleh bekerja di halaman lain.
suspicious-none = Tidak ada label yang mencurigakan.
suspicious-not-yet = Belum pernah dicari.
suspicious-count = { $count } label mencurigakan
suspicious-because = Model yang belum melihatnya menyebut { $likely } dengan keyakinan { $share } %, dan label ini { $given } %. Kalimat { $likely } biasanya ia yakini { $usual } %.
suspicious-like = Mirip dengan:
suspicious-mend = Ganti menjadi { $category }
suspicious-keep = Label ini benar
suspicious-remove = Buang kalimat ini
suspicious-why = label mencurigakan diperiksa
suspicious-failed = Tidak bisa dicari. Sampaikan ini kepada yang mengurus layanan:
suspicious-not-saved = Belum tersimpan: kalimat ini masih bertentangan dengan kalimat lain. Lihat halaman Data.
trainer-import = Impor & ekspor
import-about = CSV dengan kolom apa saja, JSONL, atau YAML Rasa, UTF-8. Data pribadi ditutup dulu; baris yang ditolak masuk ke berkas tersendiri dengan alasannya.
import-file = Berkas
import-upload = Lihat kolomnya
import-columns = Kolom mana yang mana?
import-columns-about = Cukup sekali; berkas yang sama dengan kolom yang sama dilanjutkan dari tempat berhentinya.
import-text = Pesan
import-intent = Jenis atau niat
import-category = Kategori
import-none = tidak ada
import-why-usual = impor berkas
import-begin = Mulai impor
import-past = Impor
import-go-on = Lanjutkan
import-refused = Unduh yang ditolak
import-reading = { $rows } baris dibaca: { $accepted } diterima, { $known } sudah ada, { $refused } ditolak …
import-done = Selesai. { $rows } baris: { $accepted } diterima, { $known } sudah ada, { $refused } ditolak.
import-failed = Berhenti:
import-unreadable-format = Hanya berkas .csv, .jsonl, dan .yml yang bisa dibaca.
import-unreadable-not-utf8 = Berkasnya bukan UTF-8. Simpan sebagai UTF-8, lalu coba lagi.
import-unreadable-csv = CSV-nya tidak bisa dibaca. Simpan lagi sebagai CSV dari lembar kerja, lalu coba lagi.
import-unreadable-yaml = Baris { $detail } tidak bisa dibaca sebagai YAML Rasa.
import-unreadable-empty = Tidak ada baris di dalamnya.
import-unreadable-large = Lebih dari { $detail } MB. Bagi menjadi beberapa berkas.
import-refused-row = baris
import-refused-why = alasan ditolak
import-refused-no-text = tidak ada pesannya
import-refused-no-label = tanpa jenis dan tanpa kategori
import-refused-unknown-intent = jenis atau niat ini tidak dikenal
import-refused-unknown-category = kategori ini tidak ada di sini
import-refused-conflict = sudah ada dengan label lain, di data atau lebih atas di berkas ini
import-refused-personal = ada data pribadi yang tidak bisa ditutup
import-no-file = Berkasnya belum ada. Pilih lagi, lalu coba sekali lagi.
import-export = Ekspor
import-export-about = Kalimat yang dipelajari model, dengan labelnya.
import-all = Semua data
import-own = Yang ditambahkan di sini
trainer-settle = Beda pendapat
settle-about = Sebagian pesan dibaca dua pelatih. Kalau keduanya berbeda, putuskan di sini; baca dulu aturannya.
settle-empty = Tidak ada yang berbeda pendapat.
settle-agreement = Seberapa sepakat para pelatih
settle-agreement-about = Alfa Krippendorff: 1 selalu sepakat, 0 sama dengan kebetulan. Di bawah 0,67 aturannya perlu diperjelas sebelum datanya dipercaya.
settle-agreement-none = Belum ada pesan yang diberi label oleh dua pelatih.
settle-label = Label
settle-messages = Pesan
settle-differing = Berbeda
settle-alpha = Alfa
settle-everything = Semua label
settle-good = baik
settle-fair = cukup
settle-poor = kurang
rules-about = Satu aturan untuk semua pelatih. Aturan yang diubah berlaku di sini saja.
rules-edit = Ubah aturan
rules-text = Aturan, dalam Markdown
rules-save = Simpan aturan
rules-saved = Aturan tersimpan.
rules-again = Perlu dilihat lagi
rules-again-about = Pesan yang pernah diberi label dari baris aturan yang berubah:
rules-again-none = Belum ada pesan berlabel yang terkena perubahan ini.
rules-reopen = Kembalikan yang dipilih ke kotak masuk
data-about = Label yang sudah diputuskan menunggu di sini. Lihat dulu apa yang akan berubah, baru simpan.
data-nothing = Tidak ada yang menunggu disimpan. Beri label di kotak masuk.
data-decided = Sudah diputuskan
data-difference = Yang akan berubah
data-conflicts = Bertentangan dengan data
data-conflicts-about = Kalimat ini sudah ada sebagai label lain. Urungkan label Anda, atau tandai bahwa label yang baru yang benar; yang lama lalu tidak dipakai lagi.
data-replace = Label yang baru yang benar
data-faults = Yang harus diperbaiki dulu
data-why = Alasan
data-why-usual = label dari kotak masuk
data-look = Periksa lagi
data-save = Simpan perubahan
data-saved = Tersimpan: { $added } kalimat baru, { $removed } tidak dipakai lagi. Model memakainya setelah dilatih lagi.
data-history = Perubahan terakhir
data-when = Kapan
data-who = Siapa
data-what = Baris
data-moment = { $at }
data-clean = Sudah diperiksa: tidak ada yang salah.
fault-unreadable = Berkas tidak bisa dibaca:
fault-no-examples = Tidak ada contoh kalimat:
fault-no-intent = Bagian tanpa niat (intent):
fault-unknown-mark = Tanda yang bukan tempat dan bukan waktu:
fault-empty = Baris kosong:
fault-unknown-intent = Niat (intent) yang tidak dikenal:
fault-unknown-category = Kategori yang tidak dikenal:
fault-category-of-small-talk = Kategori pada kalimat yang bukan laporan:
fault-conflict = Satu kalimat dengan dua label:
fault-twice = Kalimat yang sama dua kali:
fault-personal = Data pribadi di dalam kalimat:
fault-rare = Contohnya masih sangat sedikit:
trainer-rules = Aturan
trainer-data = Data
intent-check-status = Cek status
intent-greet = Salam
intent-thanks = Terima kasih
intent-goodbye = Pamit
intent-affirm = Mengiyakan
intent-deny = Menolak
intent-cancel = Membatalkan
intent-help = Minta bantuan
intent-about-bot = Tanya tentang layanan ini
intent-praise = Pujian
intent-out-of-scope = Di luar urusan layanan
teach-corrected = dikoreksi warga
teach-rerouted = dialihkan petugas
teach-unsure = ragu
teach-rare = kategori jarang
teach-new-words = kata baru
teach-guess = Tebakan: { $type } · { $category }, { $percent } %
teach-guess-talk = Tebakan: { $intent }, { $percent } %
teach-citizen-chose = Warga memilih: { $category }
teach-citizen-type = Warga memilih: { $type }
teach-officer-moved = Petugas mengalihkan ke: { $agency }
teach-ended = { $ticket } · { $status } · { $agency }
teach-label = { $type } · { $category }
teach-label-two = { $type } · { $category }, lalu { $second }
inbox-about = Pesan warga yang paling banyak mengajarkan sesuatu berada di atas. Data pribadi sudah ditutup; laporan rahasia dan peka tidak ada di sini.
inbox-unsaved = Lihat yang belum disimpan
inbox-empty = Belum ada pesan yang menunggu. Pesan baru datang begitu warga menulis.
inbox-waiting = { $more ->
    [yes] Lebih dari { $count } pesan menunggu
   *[no] { $count } pesan menunggu
}
inbox-keys = Tombol papan ketik: 1–9 memberi label, t menandai kata terpilih sebagai tempat, w sebagai waktu, d untuk dua masalah, s melewati, x menyingkirkan, u mengurungkan, b memilih beberapa, panah atau j dan k berpindah.
inbox-type = Jenis
inbox-labels = Label yang mungkin
inbox-other = Label lain
inbox-other-use = Pakai label ini
inbox-choose = Pilih …
inbox-talk = Bukan laporan
inbox-two = Dua masalah
inbox-two-first = Masalah pertama?
inbox-two-second = Masalah kedua?
inbox-skip = Lewati
inbox-put-away = Singkirkan
inbox-undo = Urungkan
inbox-mark-place = Tandai tempat
inbox-mark-time = Tandai waktu
inbox-more = Halaman berikutnya
inbox-bulk = Satu label untuk semua yang dipilih
inbox-bulk-pick = Pilih
inbox-bulk-use = Beri label ini
inbox-message = Pesan
inbox-said-done = tercatat, menunggu disimpan.
inbox-said-waits = tercatat; seorang pelatih lain juga ditanya.
inbox-said-differs = tercatat; pelatih lain berpendapat lain, jadi ini masuk Beda pendapat.
inbox-said-too-late = Pesan ini sudah ditangani atau tidak boleh dilihat lagi.
inbox-skipped = Dilewati.
inbox-gone = Disingkirkan.
inbox-wrong-label = Label itu belum lengkap: pilih kategorinya, dan bila ada dua masalah, pilih dua yang berbeda.
forbidden-title = Halaman ini tidak bisa dibuka
forbidden = Anda masuk sebagai { $name }, dan halaman ini untuk peran lain. Kalau Anda memerlukannya, bicarakan dengan admin layanan ini.
role-verifier = verifikator
role-agency-admin = admin instansi
role-liaison = pejabat penghubung
role-arbiter = penengah
role-moderator = moderator
role-auditor = auditor
role-admin = admin layanan
role-trainer = pelatih

## Why a step is not taken

refused-answer-of-admin = Jawaban laporan ini ditulis admin instansi.
refused-answer-of-arbiter = Jawaban laporan ini ditulis penengah.
refused-answer-of-liaison = Jawaban laporan ini ditulis pejabat penghubung.
refused-accused = Laporan ini mungkin tentang instansi itu sendiri, jadi tidak boleh sampai ke sana. Bila bukan perkara sensitif, nyatakan itu saat meneruskan.
refused-appealed-before = Permintaan periksa ulang hanya sekali untuk satu laporan.
refused-arbiter-answered = Penengah sudah menjawab laporan ini. Putusannya yang terakhir di layanan ini.
refused-asked-enough = Pelapor sudah ditanya sebanyak yang diizinkan. Lanjutkan dengan keterangan yang ada.
refused-bound = Penengah sudah memutuskan bahwa instansi ini yang berwenang, jadi laporan tidak bisa dikembalikan.
refused-circle = Laporan tidak bisa digabung dengan dirinya sendiri.
refused-held-back = Laporan ini rahasia, sensitif, atau belum jelas urusannya. Petugas harus membacanya lebih dulu.
refused-hidden = Laporan ini sudah tidak tampil untuk umum.
refused-left = Pelapor sudah menarik diri dari laporan ini.
refused-no-agency = Sebutkan instansi yang akan menanganinya.
refused-no-body = Sebutkan lembaga yang dituju dan cara menghubunginya.
refused-no-code = Pilih salah satu alasan penolakan.
refused-no-mend = Tuliskan apa yang bisa dilakukan pelapor.
refused-no-parent = Tidak ada laporan dengan nomor itu.
refused-no-photo = Lampirkan foto sebagai bukti untuk urusan ini.
refused-no-rating = Nilainya dari 1 sampai 5.
refused-no-reason = Tuliskan alasannya.
refused-no-such-step = Itu tidak bisa dilakukan pada keadaan laporan sekarang.
refused-no-words = Tuliskan isinya dengan kata-kata.
refused-not-confirmed = Nilai diberikan setelah pelapor menyatakan laporannya beres.
refused-not-due = Waktunya belum tiba.
refused-not-reminded = Pelapor belum menerima kedua pengingat.
refused-not-returned-before = Laporan ini belum pernah dikembalikan.
refused-not-yours = Itu bukan wewenang Anda untuk laporan ini.
refused-other-agency = Laporan ini ditangani instansi lain.
refused-other-government = Instansi itu di luar pemerintah daerah ini. Kembalikan laporan ke admin dengan menyebut instansinya.
refused-other-visibility = Laporan rahasia hanya bisa digabung dengan laporan rahasia, dan laporan terbuka dengan yang terbuka.
refused-over = Laporan ini sudah selesai. Bila ternyata belum beres, buka kembali laporannya.
refused-own-answer = Jawaban Anda dipertanyakan pelapor, jadi orang lain yang menjawab berikutnya.
refused-own-judgement = Anda yang memutuskan laporan ini sebelumnya, jadi petugas lain yang memeriksa ulang.
refused-parent-over = Laporan yang dituju sudah selesai.
refused-rated = Laporan ini sudah dinilai.
refused-reopened-before = Laporan ini sudah pernah dibuka kembali. Sekali lagi hanya lewat penengah.
refused-reporter-reopens = Pembukaan kembali yang pertama dilakukan pelapor sendiri.
refused-returned-before = Laporan ini sudah pernah dikembalikan. Sekarang penengah yang memutuskan.
refused-same-agency = Laporan ini sudah ada di instansi itu.
refused-template = Kalimat itu belum menjelaskan apa yang dikerjakan. Tuliskan apa, kapan, dan oleh siapa.
refused-too-late-to-appeal = Waktu untuk meminta periksa ulang sudah lewat.
refused-too-late-to-reopen = Waktu untuk membuka kembali laporan ini sudah lewat. Anda bisa membuat laporan baru.
refused-unknown-agency = Instansi itu tidak dikenal.

## News of a case

notice-moved = Laporan { $ticket } sekarang ditangani oleh { $agency }.
notice-asked = { $agency } bertanya tentang laporan { $ticket }: “{ $words }”
notice-asked-until = Mohon dijawab paling lambat { $date }. Selama itu tenggat instansi berhenti.
notice-rejected = Laporan { $ticket } tidak dapat ditangani.
notice-words = “{ $words }”
notice-mend = Yang bisa Anda lakukan: { $words }
notice-appeal-until = Bila Anda tidak setuju, Anda bisa meminta petugas lain memeriksanya sampai { $date }.
notice-referred = Laporan { $ticket } adalah urusan { $body }. Hubungi: { $contact }
notice-merged = Laporan { $ticket } digabung dengan laporan { $parent } tentang hal yang sama. Anda tetap mendapat kabar.
notice-joined = Laporan { $ticket } digabung dengan laporan lain tentang hal yang sama.
notice-noted = Kabar dari { $agency } tentang laporan { $ticket }:
notice-answered = { $agency } sudah menjawab laporan { $ticket }:
notice-answered-by-arbiter = Penengah sudah memutuskan tentang laporan { $ticket }. Ini jawaban terakhir di layanan ini:
notice-answered-until = Apakah sudah beres? Anda bisa menyatakannya sampai { $date }.
notice-remind-reply = Petugas masih menunggu jawaban Anda tentang laporan { $ticket }, paling lambat { $date }. Tanpa jawaban laporan ini ditutup.
notice-remind-confirm = Laporan { $ticket } sudah dijawab. Apakah sudah beres? Tanpa kabar dari Anda laporan ini ditutup setelah { $date }.
notice-late = Laporan { $ticket } seharusnya dijawab paling lambat { $date }. { $agency } terlambat, dan atasannya sudah diberi tahu.
notice-late-work = Laporan { $ticket } seharusnya ditindaklanjuti paling lambat { $date }. { $agency } terlambat, dan atasannya sudah diberi tahu.
notice-late-verify = Laporan { $ticket } seharusnya selesai diperiksa paling lambat { $date }. Petugas di { $agency } terlambat, dan atasannya sudah diberi tahu.
notice-ombudsman = Laporan { $ticket } sudah lama lewat tenggat { $date }. Selain menunggu { $agency }, Anda bisa mengadu ke Ombudsman RI: telepon 137.
notice-reopened = Laporan { $ticket } dibuka kembali oleh penengah. Ditindaklanjuti paling lambat { $date }.
notice-hidden = Laporan { $ticket } tidak lagi tampil untuk umum. Alasan moderator:
notice-redacted = Sebagian isi laporan { $ticket } tidak lagi tampil untuk umum. Alasan moderator:
notice-closed-unreplied = Laporan { $ticket } ditutup karena pertanyaan petugas belum dijawab. Anda bisa membukanya kembali dalam { $count } hari.
notice-closed-unconfirmed = Laporan { $ticket } ditutup karena tidak ada kabar dari Anda. Bila belum beres, Anda bisa membukanya kembali dalam { $count } hari.
notice-by-number = Untuk menjawab, kirim { $ticket } ke sini.
rejection-no_complaint = Alasan: isinya bukan pengaduan, aspirasi, atau permintaan informasi.
rejection-unclear = Alasan: isinya belum cukup jelas untuk ditindaklanjuti.
rejection-twice = Alasan: hal yang sama sudah Anda laporkan.
rejection-insulting = Alasan: isinya menghina atau menyerang orang.
rejection-in_court = Alasan: perkaranya sedang ditangani pengadilan.
rejection-untrue = Alasan: keterangannya tidak sesuai dengan kenyataan.

## Model: melatih, membandingkan, memakai (halaman pelatih)

models-title = Model
models-baseline = Model bawaan
models-name = Model { $number }
models-who-version = versi ini
models-who-terminal = petugas di terminal
models-made = Dibuat { $at } oleh { $who }.
models-examples = Belajar dari { $count } contoh.
models-at = { $at }
models-now = Dipakai sekarang
models-used-by = Dipakai oleh { $count } proses.
models-process-refused = Satu proses tidak bisa memuat model ini dan tetap memakai yang lama: { $reason }
models-roll-back = Kembalikan ke { $former }
models-train-title = Latih model baru
models-train-about = Model baru belajar dari semua contoh yang sudah diperiksa. Biasanya perlu beberapa menit, dan obrolan warga tetap berjalan.
models-train = Mulai melatih
models-train-cancel = Hentikan latihan
models-train-log = Catatan latihan
models-look-again = Lihat lagi
models-doing-preparing = Menyiapkan latihan…
models-doing-installing = Memasang alat latihan. Hanya sekali ini, sekitar 2,5 GB.
models-doing-learning = Sedang belajar…
models-doing-compiling = Menyusun model…
models-doing-comparing = Membandingkan dengan model yang dipakai…
models-doing-ready = Latihan selesai.
models-doing-cancelled = Latihan dihentikan. Model yang dipakai tidak berubah.
models-doing-too-long = Latihan terlalu lama, jadi dihentikan. Model yang dipakai tidak berubah.
models-training-failed = Latihan gagal. Model yang dipakai tidak berubah.
models-training-lost = Latihan terputus karena prosesnya berakhir. Model yang dipakai tidak berubah.
models-all = Semua model
models-column-model = Model
models-column-made = Asal
models-column-state = Keadaan
models-category = Kategori pertama benar
models-top3 = Benar di antara tiga
models-macro-f1 = Rata-rata F1 kategori
models-intent = Maksud benar
models-calibration = Galat keyakinan
models-state-now = dipakai
models-state-former = sebelumnya
models-state-shadow = bayangan
models-state-new = belum dibandingkan
models-state-passed = lolos gerbang
models-state-stopped = ditahan gerbang
models-history = Yang sudah dilakukan
models-change = { $model } { $what } oleh { $who }.
models-change-promoted = mulai dipakai
models-change-rolled-back = dipakai kembali
models-change-shadow-on = mulai membaca diam-diam
models-change-shadow-off = berhenti membaca diam-diam
models-change-despite = Walaupun ditahan gerbang, dengan alasan: { $reason }
models-back = Semua model
models-missing = Model itu tidak ada
models-origin = Asal model
models-file = Berkas
models-sha256 = SHA-256 berkas
models-data-hash = SHA-256 data latihan
models-configuration = Pengaturan
models-in-service = Model ini sedang dipakai.
models-compare = Bandingkan dengan model yang dipakai
models-compare-again = Bandingkan lagi
models-comparing = Sedang dibandingkan; biasanya beberapa detik.
models-compare-about = Sebelum dipakai, model ini perlu dibandingkan dengan yang dipakai sekarang.
models-compared = Dibandingkan dengan { $former }, { $at }.
models-numbers = Angka
models-key-former = yang dipakai
models-key-candidate = model ini
models-key-interval = pita: 95 dari 100 kali angkanya ada di situ
models-set-frozen = Pesan uji tetap
models-set-live = Label sebulan terakhir
models-set-rows = { $count } pesan; { $left } tidak dihitung karena sudah dipelajari salah satu model.
models-mcnemar = Kategori { $better } pesan menjadi benar dan { $worse } menjadi salah (uji McNemar, p = { $p }).
models-gained = Rata-rata F1 berubah { $value } poin (95 %: { $low } sampai { $high }).
models-labels = F1 tiap kategori dan maksud
models-better = Menjadi lebih baik
models-worse = Menjadi lebih buruk
models-none = Tidak ada.
models-more-sentences = Kalimat lainnya
models-right = Yang benar
models-gate = Gerbang
models-gate-passed = Model ini boleh dipakai.
models-gate-stopped = Model ini ditahan gerbang.
models-check = { $about }: { $value }, batasnya { $limit }
models-demand-golden = Kalimat emas yang gagal
models-demand-macro-f1 = Rata-rata F1
models-demand-label = F1
models-demand-calibration = Galat keyakinan di luar kebetulan
models-demand-speed = Milidetik per pesan
models-demand-size = Ukuran dalam megabita
models-golden-failed = Kalimat emas yang gagal
models-promote = Pakai model ini
models-promote-about = Semua proses memakainya dalam beberapa detik. Yang lama tetap siap, jadi Anda bisa mengembalikannya kapan saja.
models-overrule = Pakai walaupun ditahan
models-overrule-about = Sebagai admin Anda boleh memakai model ini walaupun ditahan gerbang. Nama dan alasan Anda dicatat.
models-reason = Alasan
models-admins-only = Hanya admin yang boleh memakai model yang ditahan gerbang.
models-refused-in-service = Model ini sudah dipakai.
models-refused-not-compared = Bandingkan dulu model ini dengan yang dipakai sekarang.
models-refused-gate = Gerbang menahan model ini. Tulis alasan bila tetap ingin memakainya.
models-refused-not-yours = Gerbang menahan model ini, dan hanya admin yang boleh memakainya.
models-refused-no-former = Tidak ada model sebelumnya untuk dikembalikan.
models-refused-unusable = Berkas model ini tidak bisa dipakai. Latih sekali lagi.
models-refused-meanwhile = Orang lain baru saja mengganti model. Lihat dulu yang dipakai sekarang.
models-refused-training = Latihan lain masih berjalan.
models-refused-compare = Perbandingan gagal. Lihat catatan di log nlu.log, lalu coba lagi.
models-done-promoted = Model itu sekarang dipakai.
models-done-rolled-back = Model sebelumnya dipakai kembali.
models-done-shadow = Model itu sekarang membaca diam-diam. Warga tidak melihat jawabannya.
models-shadow = Membaca diam-diam
models-shadow-about = Model ini bisa ikut membaca pesan warga tanpa menjawab. Yang dihitung hanya berapa kali jawabannya sama.
models-shadow-on = Mulai membaca diam-diam
models-shadow-off = Berhenti membaca diam-diam
models-shadow-same = Jawaban sama
models-shadow-now = { $model } membaca diam-diam.
models-csv = Semua angka sebagai CSV

## Pengamatan model (halaman pelatih)

watch-title = Pengamatan
watch-nothing = Belum ada pesan warga dalam 12 minggu terakhir.
watch-missing = Gambar itu tidak ada
watch-csv = Angkanya sebagai CSV
watch-weeks = Tiap minggu
watch-weeks-about = Bagian dari pesan yang modelnya ragu, yang kategorinya diganti warga, dan yang dipindahkan petugas.
watch-unsure = ragu
watch-corrected = diganti warga
watch-rerouted = dipindahkan petugas
watch-promised = ragu menurut pesan uji
watch-marks = garis tegak: model diganti
watch-categories = Tebakan yang salah, tiap kategori
watch-categories-about = Batang gelap: diganti warga atau petugas. Batang terang: yang diharapkan menurut pesan uji.
watch-drift = Apakah pesan warga berubah?
watch-drift-few = Pesan dua minggu terakhir atau sebelumnya belum sampai seratus, jadi perubahan belum bisa dilihat.
watch-drift-none = Kategori pesan dua minggu terakhir sama seperti sebelumnya (PSI { $psi }).
watch-drift-some = Kategori pesan sedikit berubah (PSI { $psi }), paling banyak: { $most }.
watch-drift-much = Kategori pesan banyak berubah (PSI { $psi }), paling banyak: { $most }. Periksa kotak masuk, beri label yang baru, lalu latih lagi.
watch-unknown-now = { $now } kata dalam pesan terakhir belum dikenal model.
watch-unknown = { $now } kata dalam pesan terakhir belum dikenal model; sebelumnya { $before }.
watch-unknown-more = { $now } kata dalam pesan terakhir belum dikenal model, sebelumnya { $before }. Warga memakai kata baru: beri label, lalu latih lagi.
watch-changes = Setelah model diganti
watch-changes-about = Dua minggu sebelum model diganti, dan dua minggu sesudahnya.
watch-change = { $model }, { $at }
watch-before = sebelumnya
watch-after = sesudahnya

## Officers in Telegram: groups and cards

officer-unknown = Akun Telegram Anda belum terhubung. Minta kode kepada admin layanan, lalu kirim /masuk KODE di obrolan pribadi dengan bot ini.
officer-no-case = Laporan itu tidak ada.
officer-in-private = Laporan ini sekarang hanya ditangani lewat obrolan pribadi. Ketik /tugas di sana.
officer-button-stale = Tombol itu sudah tidak berlaku.
officer-draft-stale = Tulisan itu sudah berubah atau milik petugas lain. Pakai pesan yang terbaru, atau mulai lagi dari kartunya.
officer-nothing-sent = Tulisan Anda tidak dikirim ke pelapor.
officer-done = Tercatat.
officer-meanwhile = Sementara itu: { $deed }, oleh { $by }, { $at }.
officer-by-reporter = pelapor
officer-by-verifier = admin nasional
officer-by-agency_admin = admin instansi
officer-by-liaison = pejabat penghubung
officer-by-arbiter = penengah
officer-by-moderator = moderator
officer-by-system = layanan ini

group-code-missing = Tulis kodenya di belakang perintah: /ikat KODE. Kode itu dari admin layanan.
group-code-wrong = Kode itu tidak berlaku di sini, atau untuk instansi lain. Periksa lagi, atau minta kode baru kepada admin layanan.
group-bound = Grup ini sekarang menerima laporan untuk { $agency }. Hanya petugas yang akunnya terhubung dapat memakai tombolnya.
group-not-bound = Grup ini tidak terikat pada instansi mana pun.
group-unbound = Grup ini tidak lagi menerima laporan untuk { $agency }.

officer-card-title = { $ticket } · { $status }
officer-card-about = { $type } · { $category }
officer-card-about-unknown = { $type } · kategori belum diketahui
officer-card-urgent = Mendesak: ceritanya menyebut bahaya.
officer-card-secret = Rahasia: jangan diteruskan kepada siapa pun di luar petugas laporan ini.
officer-card-sensitive = Sensitif: jangan sampai ke instansi yang diadukan.
officer-card-place = Tempat: { $place }
officer-card-no-place = Tempat: belum diketahui
officer-card-filed = Diterima: { $date }
officer-card-deadline = Dijawab paling lambat: { $date }
officer-card-reporter = Pelapor: { $name }
officer-card-nameless = Pelapor: tanpa nama
officer-card-claimed = Dikerjakan oleh: { $name }
officer-card-story = “{ $words }”
officer-card-erased = Ceritanya sudah dihapus.
officer-card-files = Lampiran: { $count }
officer-card-returned = Dikembalikan oleh instansi; instansi yang tepat belum diketahui.
officer-card-suggested = Dikembalikan oleh instansi, yang menyarankan: { $agency }
officer-card-hint = Tekan tombol, atau balas pesan ini dengan tulisan atau foto.
officer-card-over = { $ticket } · { $status } · { $agency }
officer-card-gone = Laporan ini tidak lagi ditangani di sini.

button-officer-accept = Terima
button-officer-answer = Jawab
button-officer-note = Catatan
button-officer-ask = Minta data
button-officer-return = Kembalikan
button-officer-pass_on = Alihkan
button-officer-forward = Teruskan
button-officer-rule = Putuskan
button-officer-reject = Tolak
button-officer-refer = Rujuk
button-officer-merge = Gabung
button-officer-hide = Sembunyikan
button-officer-unknown-agency = Tidak tahu
button-officer-earlier = Sebelumnya
button-officer-further = Berikutnya
button-officer-plain-off = Bukan perkara sensitif
button-officer-plain-on = ✓ Bukan perkara sensitif

officer-ask-agency = { $deed } { $ticket }: pilih instansinya.
officer-ask-code = Tolak { $ticket }: pilih alasannya.
officer-ask-words = { $deed } { $ticket }: tulis isinya.
officer-ask-mend = { $deed } { $ticket }: tulis apa yang bisa dilakukan pelapor.
officer-ask-body = { $deed } { $ticket }: lembaga mana yang berwenang?
officer-ask-contact = { $deed } { $ticket }: bagaimana pelapor menghubungi lembaga itu?
officer-ask-parent = { $deed } { $ticket }: tulis nomor laporan yang dituju.
officer-ask-reply = Balas pesan ini. Foto boleh disertakan.
officer-ask-what = Tulisan Anda tentang { $ticket } untuk apa?
officer-code-no_complaint = Bukan laporan
officer-code-unclear = Belum jelas
officer-code-twice = Sudah dilaporkan
officer-code-insulting = Menghina
officer-code-in_court = Di pengadilan
officer-code-untrue = Tidak sesuai kenyataan

officer-preview = { $deed } { $ticket }. Periksa dulu:
officer-preview-look =
    Begini pelapor akan membacanya:

    { $words }
    { "" }
officer-preview-untold = Pelapor tidak dikabari tentang ini.
officer-preview-files = Disertai lampiran: { $count }
officer-personal = Perhatian: ada nama, nomor telepon, NIK, atau data pribadi lain. Kirim hanya bila pelapor memang boleh membacanya.
officer-given-agency = Instansi: { $words }
officer-given-code = Alasan: { $words }
officer-given-parent = Digabung ke: { $words }
officer-given-words = Isi: { $words }
officer-given-mend = Yang bisa dilakukan pelapor: { $words }
officer-given-body = Lembaga: { $words }
officer-given-contact = Cara menghubungi: { $words }
officer-sent = { $deed } { $ticket }: sudah dilakukan.
officer-dropped = { $deed } { $ticket }: dibatalkan, tidak ada yang dikirim.

officer-news = { $ticket }: { $deed }.
officer-news-words = “{ $words }”
officer-mark = { $ticket } menunggu { $agency }: { $what }, paling lambat { $date }.
officer-mark-late = Terlambat: { $ticket } di { $agency }. { $what } seharusnya paling lambat { $date }.
officer-card-point = Titik: { $point }
officer-look-private = Lihat obrolan pribadi Anda dengan bot ini.
button-officer-look = Selengkapnya
button-officer-copy-point = Salin titik
proof-photo = Foto dari petugas tentang laporan { $ticket }
tasks-none = Tidak ada laporan yang menunggu di sini.
digest-title = Selamat pagi. { $agency }: { $count } laporan belum dijawab.
digest-new = Baru: { $count }
digest-due = Harus dijawab hari ini: { $count }
digest-late = Terlambat: { $count }
digest-oldest = Paling lama: { $ticket }, diterima { $date }
clock-verify = pemeriksaan
clock-verify_again = pemeriksaan ulang
clock-accept = penerimaan
clock-follow_up = tindak lanjut
clock-resolve = jawaban
clock-rule = keputusan penengah

deed-file = laporan diterima
deed-forward = diteruskan ke instansi
deed-ask = pelapor dimintai keterangan
deed-reply = pelapor menjawab pertanyaan
deed-close_unreplied = ditutup karena tidak dijawab
deed-reject = ditolak
deed-refer = dirujuk ke lembaga lain
deed-merge = digabung dengan laporan lain
deed-accept = diterima untuk dikerjakan
deed-pass_on = dialihkan ke unit lain
deed-return = dikembalikan
deed-dispute_authority = dibawa ke penengah
deed-rule = diputuskan penengah
deed-note = ada catatan kemajuan
deed-answer = dijawab
deed-confirm = pelapor menyatakan sudah beres
deed-rate = pelapor memberi nilai
deed-dispute = pelapor menyatakan belum beres
deed-close_unconfirmed = ditutup tanpa kabar pelapor
deed-reopen = dibuka kembali
deed-appeal = pelapor meminta periksa ulang
deed-withdraw = pelapor menarik diri
deed-hide = disembunyikan dari umum
deed-redact = sebagian isi ditutup
deed-add = pelapor menambah keterangan
deed-remind = pelapor diingatkan
deed-escalate = tenggat diingatkan

## Angka untuk umum: statistik, daftar laporan, laporan bulanan

statistics-title = Statistik laporan { $year }
statistics-about = Bagaimana laporan warga { $regency } dijawab. Dihitung { $day }; hanya laporan terbuka yang masuk pada tahun ini.
statistics-years = Tahun
statistics-incomplete = Sebagian laporan lama masih dihitung. Angka di halaman ini belum lengkap.
statistics-too-few = Belum ada lima laporan terbuka pada tahun ini. Angkanya tampil setelah cukup banyak, supaya tidak ada orang yang dapat dikenali.
statistics-figures = Seluruhnya
statistics-received = Masuk
statistics-in-time = Dijawab tepat waktu
statistics-late = Terlambat
statistics-solved = Selesai
statistics-disputed = Disanggah
statistics-reopened = Dibuka kembali
statistics-median-days = Median hari sampai dijawab
statistics-rating = Penilaian (1–5)
statistics-voices = Yang menilai
statistics-whole = Seluruhnya
statistics-rest = Lainnya, digabung karena masing-masing terlalu sedikit
statistics-nowhere = Tempat tidak diketahui atau di luar wilayah
statistics-under-five = kurang dari lima
statistics-withheld = Tanda – berarti angkanya di bawah lima, atau tidak ditampilkan supaya angka kecil tidak dapat dihitung balik.
statistics-discreet = Di luar angka ini: laporan rahasia, peka, dan yang disembunyikan. Masuk: { $received }; dijawab tepat waktu: { $in_time }; terlambat: { $late }; selesai: { $solved }. Dibulatkan ke bawah ke kelipatan lima, dan tidak dirinci.
statistics-by-month = Menurut bulan masuk
statistics-by-agency = Menurut instansi
statistics-by-category = Menurut kategori
statistics-by-district = Menurut kecamatan
statistics-by-village = Menurut desa dan kelurahan
statistics-table = Lihat tabel
statistics-csv = Unduh CSV
statistics-method = Cara menghitung
statistics-method-received = Masuk: semua laporan, juga yang kemudian ditolak, digabung, dirujuk, atau ditarik.
statistics-method-in-time = Dijawab tepat waktu: instansi sudah menjawab, dan tidak ada hari yang dijanjikan kepada pelapor yang terlewat.
statistics-method-late = Terlambat: hari yang dijanjikan sudah lewat. Laporan itu tetap dihitung terlambat, juga bila kemudian dijawab. Selama petugas menunggu keterangan pelapor, waktunya berhenti.
statistics-method-solved = Selesai: ditutup setelah dijawab, karena pelapor menyatakan beres atau tidak membantah sampai waktunya habis. Yang dibuka kembali tidak dihitung selesai sampai ditutup lagi. Yang ditutup karena pelapor tidak memberi keterangan tidak dihitung selesai.
statistics-method-contested = Disanggah dan dibuka kembali: pelapor menyatakan belum beres, sedikitnya satu kali. Angkanya tidak berkurang bila kemudian beres.
statistics-method-median = Median hari: separuh laporan dijawab lebih cepat, separuh lebih lama. Dihitung dari hari masuk sampai jawaban pertama, dalam hari kalender.
statistics-method-rating = Penilaian: rata-rata nilai 1 sampai 5 dari pelapor yang menilai sendiri. Diam tidak pernah dihitung sebagai nilai. Nilai untuk laporan yang dibuka kembali tidak dihitung.
statistics-method-agency = Sebuah laporan dihitung pada instansi yang memegangnya sekarang, dan pada bulan laporan itu masuk.
statistics-method-five = Tidak ada angka di bawah lima. Baris yang terlalu kecil digabung; angka kecil di baris lain ditahan bersama angka terkecil berikutnya, sehingga tidak dapat dihitung dari jumlahnya.
statistics-method-discreet = Laporan rahasia, peka, dan yang disembunyikan tidak ada dalam tabel mana pun. Jumlahnya hanya disebut bersama-sama dan dibulatkan, supaya menyembunyikan laporan tidak memperindah angka tanpa terlihat.
statistics-open-data = Data terbuka
statistics-open-data-about = Setiap tabel dapat diunduh sebagai CSV. Sel kosong berarti tidak ditampilkan.
statistics-description = Keterangan data (DCAT, JSON-LD)
statistics-missing-title = Tidak ada di sini
statistics-missing = Untuk tahun atau tabel itu tidak ada angka.

public-title = Laporan warga
public-about = Laporan terbuka, yang terbaru di atas. Cerita, nama, dan tempat persisnya tidak ditampilkan; laporan rahasia dan peka tidak ada di daftar ini.
public-filters = Saring laporan
public-show = Tampilkan
public-all = Semua
public-found = Daftar
public-none = Tidak ada laporan yang cocok. Coba kurangi saringannya.
public-late = Terlambat
public-older = Lebih lama
public-newest = Ke yang terbaru
public-feed = Ikuti (Atom)
public-map = Peta
public-map-title = Laporan menurut desa dan kelurahan, { $year }
public-map-about = Banyaknya laporan terbuka dari setiap desa dan kelurahan. Yang kurang dari lima tidak diwarnai.
public-map-none = Belum cukup laporan untuk menggambar peta.
public-map-few = tidak ditampilkan
public-map-to = { $least } sampai { $most }
public-map-from = { $least } atau lebih
public-village = Desa atau kelurahan
public-statistics = Statistik
public-district = Kecamatan
public-status = Status
public-month = Bulan masuk
public-unreadable = Saringan di alamat itu tidak dikenal. Buka daftar dari awal, lalu pilih lagi.
public-paused = Terlalu banyak halaman dalam waktu singkat. Tunggu setengah menit, lalu coba lagi.

report-title = Laporan pengelolaan pengaduan masyarakat
report-month = { $regency }, { $month }
report-provisional = Sementara: bulan ini belum berakhir ({ $day }).
report-summary = Dalam { $month } masuk { $received } laporan terbuka. Sampai { $day }, dijawab tepat waktu: { $in_time }; terlambat: { $late }; selesai: { $solved }; disanggah pelapor: { $disputed }; dibuka kembali: { $reopened }.
report-too-few = Dalam { $month } masuk kurang dari lima laporan terbuka. Angkanya tidak dirinci.
report-figures = Angka bulan ini dan bulan sebelumnya
report-figure = Angka
report-statement = Angka-angka ini dihitung dari catatan setiap laporan, yang tidak dapat diubah tanpa terlihat. Laporan yang terlambat tetap dihitung terlambat, yang dibuka kembali tidak dihitung selesai, dan diam tidak dihitung sebagai nilai.
report-place-and-day = { $regency }, tanggal ____________________
report-signed-by = Bupati / Wali Kota,
report-made = Dibuat { $day } dari data sampai hari itu.
