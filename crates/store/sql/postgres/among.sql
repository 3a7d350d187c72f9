= ANY (ARRAY(SELECT json_array_elements_text(CAST(CAST(?1 AS TEXT) AS JSON))))
