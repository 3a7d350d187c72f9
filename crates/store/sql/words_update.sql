UPDATE words SET digest = ?2 WHERE place = ?1
