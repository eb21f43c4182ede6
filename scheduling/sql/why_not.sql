-- Why somebody in line would not be offered a seat now; null when they would, were it their turn.
--
-- none_free, busy (is expected elsewhere at that time), limit (has as many places as the edition gives), reserved (the
-- free seats are kept for an audience that is not theirs).

CREATE OR REPLACE FUNCTION scheduling_why_not(p_entry waiting_entry, p_at timestamptz)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN s.taken + s.held >= s.seats THEN 'none_free'
        WHEN EXISTS (
            SELECT FROM agenda_entry e WHERE e.person = p_entry.person
                AND tstzrange(e.starts_at, e.ends_at) && tstzrange(s.starts_at, s.ends_at)
        ) THEN 'busy'
        WHEN l.most > 0 AND (l.most_until > p_at) IS NOT FALSE
            AND scheduling_places_of(p_entry.person, a.edition) >= l.most THEN 'limit'
        WHEN r.reserved_seats > 0 AND (r.reserved_until > p_at) IS NOT FALSE AND p_entry.audience <> r.reserved_for
            AND s.seats - s.taken - s.held
                <= r.reserved_seats - scheduling_seats_of_audience(s.id, r.reserved_for) THEN 'reserved'
    END
    FROM slot s JOIN activity a ON a.id = s.activity
    LEFT JOIN activity_rules r ON r.edition = a.edition AND r.activity = a.source_id
    LEFT JOIN edition_rules l ON l.edition = a.edition
    WHERE s.id = p_entry.slot
$$;
