INSERT INTO drafts (login, place, draft, saved) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (login, place) DO UPDATE SET draft = excluded.draft, saved = excluded.saved
