-- Whatever frees a seat, or changes who may have one, ends here: offers whose time is over end, and each free seat is
-- offered to the next in line who can come. Holds these slots' rows, by id; gives the number of offers made.
--
-- Who is passed over keeps their rank, and the reason is noted (why_not.sql).
-- An offer lasts a quarter of the time that is left, at most the edition's hours, at least 15 minutes, never longer
-- than one can register.

CREATE OR REPLACE FUNCTION scheduling_go_on(p_slots integer[], p_at timestamptz) RETURNS integer LANGUAGE plpgsql
SET enable_seqscan = off
AS $$
DECLARE
    here record;
    entry waiting_entry;
    ends timestamptz;
    why text;
    gone integer;
    made integer := 0;
BEGIN
    FOR here IN
        SELECT s.id, s.seats, s.state, s.starts_at, r.closes_at,
            make_interval(hours => coalesce(e.offer_hours, 12)) AS longest
        FROM slot s JOIN activity a ON a.id = s.activity
        LEFT JOIN activity_rules r ON r.edition = a.edition AND r.activity = a.source_id
        LEFT JOIN edition_rules e ON e.edition = a.edition
        WHERE s.id = ANY (p_slots) ORDER BY s.id FOR NO KEY UPDATE OF s
    LOOP
        ends := least(here.starts_at, here.closes_at);
        IF here.state <> 'scheduled' OR here.seats IS NULL OR ends <= p_at THEN
            why := CASE WHEN here.state <> 'scheduled' THEN 'called_off' WHEN here.seats IS NULL THEN 'free'
                ELSE 'over' END;
            FOR entry IN UPDATE waiting_entry w SET state = 'closed', deadline = NULL, updated_at = p_at
                WHERE w.slot = here.id AND w.state IN ('waiting', 'offered') RETURNING w.*
            LOOP
                INSERT INTO waiting_event (entry, kind, reason, at) VALUES (entry.id, 'closed', why, p_at);
                IF why <> 'over' THEN
                    PERFORM scheduling_tell_in_line('waiting_over', entry, entry.round || ':' || why, p_at);
                END IF;
            END LOOP;
            UPDATE slot SET held = 0 WHERE id = here.id AND held > 0;
            CONTINUE;
        END IF;

        gone := 0;
        FOR entry IN UPDATE waiting_entry w SET state = 'expired', deadline = NULL, updated_at = p_at
            WHERE w.slot = here.id AND w.state = 'offered' AND w.deadline <= p_at RETURNING w.*
        LOOP
            gone := gone + 1;
            INSERT INTO waiting_event (entry, kind, at) VALUES (entry.id, 'expired', p_at);
            PERFORM scheduling_tell_in_line('waiting_over', entry, entry.round || ':expired', p_at);
        END LOOP;
        IF gone > 0 THEN
            UPDATE slot SET held = held - gone WHERE id = here.id;
        END IF;

        FOR entry IN SELECT w.* FROM waiting_entry w WHERE w.slot = here.id AND w.state = 'waiting'
            ORDER BY w.rank, w.id
        LOOP
            why := scheduling_why_not(entry, p_at);
            EXIT WHEN why = 'none_free';
            IF why IS NOT NULL THEN
                INSERT INTO waiting_event (entry, kind, reason, at)
                    SELECT entry.id, 'passed', why, p_at WHERE (
                        SELECT v.kind || ':' || v.reason FROM waiting_event v WHERE v.entry = entry.id
                        ORDER BY v.id DESC LIMIT 1
                    ) IS DISTINCT FROM 'passed:' || why;
                CONTINUE;
            END IF;
            UPDATE waiting_entry w SET state = 'offered', round = w.round + 1, updated_at = p_at,
                deadline = least(ends, p_at + least(here.longest, greatest((ends - p_at) / 4, '15 minutes')))
                WHERE w.id = entry.id RETURNING w.* INTO entry;
            UPDATE slot SET held = held + 1 WHERE id = here.id;
            INSERT INTO waiting_event (entry, kind, at) VALUES (entry.id, 'offered', p_at);
            PERFORM scheduling_tell_in_line('offer', entry, entry.round::text, p_at);
            made := made + 1;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;
