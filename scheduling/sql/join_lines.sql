-- Puts people at the end of lines, in the order given; who stands there already stays where they are, and is told
-- again. Each is {"slot", "person", "code", "audience", "locale", "at", "round_no"}. A seat freed since goes on at once.
CREATE OR REPLACE FUNCTION scheduling_join_lines(p_people jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    who record;
    entry waiting_entry;
BEGIN
    FOR who IN SELECT * FROM jsonb_to_recordset(p_people) AS r (
        slot integer, person integer, code text, audience text, locale text, at timestamptz, round_no text
    ) LOOP
        SELECT * INTO entry FROM waiting_entry w WHERE w.slot = who.slot AND w.person = who.person;
        IF FOUND AND entry.state IN ('waiting', 'offered') THEN
            PERFORM scheduling_tell_in_line(
                CASE entry.state WHEN 'offered' THEN 'offer' ELSE 'waiting' END, entry, 'again:' || who.round_no, who.at
            );
            CONTINUE;
        END IF;
        INSERT INTO waiting_entry (code, slot, person, state, rank, audience, locale, round, joined_at, updated_at)
            SELECT who.code, who.slot, who.person, 'waiting', 1 + coalesce(max(w.rank), 0), who.audience, who.locale, 0,
                who.at, who.at
            FROM waiting_entry w WHERE w.slot = who.slot
            ON CONFLICT (slot, person) DO UPDATE SET state = 'waiting', rank = EXCLUDED.rank, because = '',
                audience = EXCLUDED.audience, locale = EXCLUDED.locale, joined_at = who.at, updated_at = who.at,
                round = waiting_entry.round + 1
            RETURNING * INTO entry;
        INSERT INTO waiting_event (entry, kind, at) VALUES (entry.id, 'joined', who.at);
        PERFORM scheduling_tell_in_line('waiting', entry, 'joined:' || entry.round, who.at);
    END LOOP;
    PERFORM scheduling_go_on(
        ARRAY(SELECT DISTINCT (p->>'slot')::integer FROM jsonb_array_elements(p_people) p),
        (SELECT max((p->>'at')::timestamptz) FROM jsonb_array_elements(p_people) p)
    );
END $$;
