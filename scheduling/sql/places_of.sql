-- Places that somebody has in an edition.
CREATE OR REPLACE FUNCTION scheduling_places_of(p_person integer, p_edition integer)
RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT count(*)::integer FROM place p JOIN slot s ON s.id = p.slot JOIN activity a ON a.id = s.activity
    WHERE p.person = p_person AND p.state = 'confirmed' AND a.edition = p_edition
$$;
