"""`/laporan`: the cases that anybody may know of, with filters, a feed and a map."""
