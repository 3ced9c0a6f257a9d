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
language-ask = Pilih bahasa · Choose a language
language-set = Baik, mulai sekarang saya berbahasa Indonesia.
privacy =
    Yang kami simpan: cerita, tempat, lampiran, dan nama hanya bila Anda mencantumkannya. Gunanya satu: supaya instansi yang berwenang bisa menangani laporan Anda dan Anda bisa mengikutinya.

    Tanpa nama, Anda anonim bagi umum dan bagi pihak yang dilaporkan. Laporan yang dirahasiakan tidak bisa dilihat umum. Akun obrolan Anda hanya dipakai untuk mengabari Anda.

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
moved = Laporan { $ticket } sekarang ditangani oleh { $agency }. { $reason }

## Following a case

status-title = { $ticket } · { $status }
status-about = { $type } · { $category }
status-agency = Ditangani oleh: { $agency }
status-reason = { $reason }
status-filed = Diterima: { $date }
status-deadline = Dijawab paling lambat: { $date }
status-next-received = Selanjutnya: petugas memeriksa dan meneruskannya.
status-next-forwarded = Selanjutnya: instansi menindaklanjuti dan menjawab.
status-secret = Laporan ini rahasia: hanya Anda dan petugas yang berwenang dapat membukanya.
status-received = Diterima
status-forwarded = Diteruskan ke instansi
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
withdrawal-refused = Laporan { $ticket } tidak bisa ditarik lagi. Kirim nomornya untuk melihat keadaannya.
aside-ask = Apakah pesan Anda itu laporan baru? Kalau ya, tekan tombol di bawah. Untuk melihat kemajuan laporan, ketik /laporanku.

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
case-filed = Diterima
case-deadline = Dijawab
case-day = { $date }
case-deadline-day = paling lambat { $date }
case-deadline-late = seharusnya paling lambat { $date }. Tenggat itu sudah lewat.
case-next-withdrawn = Laporan ini ditarik oleh pelapornya dan tidak ditangani lagi.
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
