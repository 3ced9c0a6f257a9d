# What this regency says in other words than the project, in English: a text that stands here is said instead of the one
# of the same name in bot/texts/en.ftl. Copy it from there, name and all, and change its words; what stands there in
# braces, such as { $name }, has to stay. It holds from the next start, which refuses what cannot be said.
