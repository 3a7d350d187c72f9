DELETE FROM publications
