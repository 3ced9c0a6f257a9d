"""`/trainer/import`: files of labelled messages in and out."""
