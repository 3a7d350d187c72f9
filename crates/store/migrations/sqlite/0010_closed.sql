-- What was closed in a time, and which meetings were held in it, without reading all that ever was.
CREATE INDEX matters_closed ON matters (closed, kind, id) WHERE closed IS NOT NULL;
CREATE INDEX matters_valid_from ON matters (valid_from, kind, id) WHERE valid_from IS NOT NULL;
