UPDATE matters SET title_en = number, title_zh = number, derived = '', words_digest = '', readers = NULL
