-- Seats of a slot that this audience has, offers included.
CREATE OR REPLACE FUNCTION scheduling_seats_of_audience(p_slot integer, p_audience text)
RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT (SELECT count(*)::integer FROM place p WHERE p.slot = p_slot AND p.state = 'confirmed' AND p.audience = p_audience)
        + (SELECT count(*)::integer FROM waiting_entry w
            WHERE w.slot = p_slot AND w.state = 'offered' AND w.audience = p_audience)
$$;
