SELECT place FROM words WHERE matter = ?1
