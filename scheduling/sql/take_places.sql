-- The hot path: registrations that arrive at the same time, one round trip, one transaction, one answer each.
--
-- Lock order: people by id, slots by id, then what waits in these slots (go_on.sql). The slots' counters come last, so
-- that the one row everybody wants is held only for the commit. Between its reading and its update the last seat may
-- go to somebody else, or the slot may move: then everything is undone (SQLSTATE DD001) and the caller asks again.
--
-- Each request is {"asked_at", "slot", "locale", "person" (who has proved who they are, or null), "name",
-- "email" (lower case), "search_key", "registration_code", "place_code" (codes to use if new rows are needed),
-- "origin", "consents": [{"purpose", "version", "text"}], "key" (idempotency key, or null), "fingerprint",
-- "agenda" (the same for requests that one mail answers together, or null: a mail each), "wait" (where all is full, to
-- wait for a place), "audience" (slug, as they say, or ""), "answers" (to the organisers' questions), "handed" (the
-- caller has just freed the seat in this transaction, for this person: nobody in line comes in between)}.
--
-- Outcomes: confirmed, already (holds a place here), full, waiting (full, and now in line), overlap (is expected
-- elsewhere), limit (has as many places as the edition gives), unknown, early (not open yet), closed, free (nobody
-- registers for this slot), key_reused (an idempotency key came back with another request).
-- ``is_full``: nothing is left for this audience. Who has been offered a seat takes that one; the desk, where people
-- stand, is bound by seats alone.

CREATE OR REPLACE FUNCTION scheduling_take_places(
    p_requests jsonb,
    OUT outcome text,
    OUT code text,
    OUT is_full boolean
) RETURNS SETOF record LANGUAGE plpgsql
SET enable_seqscan = off  -- plans are kept: one made while a table was small must still be right when it is not
AS $$
DECLARE
    asked record;
    known record;
    mine record;
    who integer;
    name_known text;
    is_unproved boolean;
    people integer[];
    addresses text[];
    codes text[];       -- the slots asked for, by id: their codes, rows and editions,
    slots slot[];
    editions integer[];
    hidden integer[];   -- those of the editions that are not announced,
    rules activity_rules[];
    limits edition_rules[];
    members integer[];  -- seats that the audience with reserved seats has,
    gained integer[];   -- the seats taken here so far,
    accepted integer[]; -- and those of them that were held for who takes them
    others integer[];   -- the seats taken by those for whom none is reserved
    refused integer[] := '{}';
    took_by integer[] := '{}';      -- each place taken: whose,
    took integer[] := '{}';         -- in which of the slots,
    took_code text[] := '{}';       -- and its code
    line jsonb := '[]';             -- who joins a line
    ending bigint[];                -- entries in line that end with what was taken
    released integer[];             -- slots where they held a seat
    was_offered boolean;
    is_member boolean;
    kept integer;
    free integer;
    wanted slot;
    at timestamptz;
    n integer;
    told_together jsonb := '[]';
    round_no text;      -- a repeated answer at most every 10 minutes
BEGIN
    SELECT array_agg(s.code ORDER BY s.id), array_agg(s ORDER BY s.id), array_agg(a.edition ORDER BY s.id),
        array_agg(r ORDER BY s.id), array_agg(l ORDER BY s.id)
        INTO codes, slots, editions, rules, limits
        FROM slot s JOIN activity a ON a.id = s.activity
        LEFT JOIN activity_rules r ON r.edition = a.edition AND r.activity = a.source_id
        LEFT JOIN edition_rules l ON l.edition = a.edition
        WHERE s.code = ANY (SELECT r->>'slot' FROM jsonb_array_elements(p_requests) r);
    hidden := ARRAY(SELECT e.id FROM edition e WHERE e.id = ANY (editions) AND NOT e.announced);
    SELECT array_agg((r->>'person')::integer), array_agg(r->>'email') INTO people, addresses
        FROM jsonb_array_elements(p_requests) r;
    PERFORM FROM person p
        WHERE p.id = ANY (people) OR p.account_email = ANY (addresses) ORDER BY p.id FOR NO KEY UPDATE;
    IF EXISTS (  -- a seat is free although somebody waits, since something else has just changed: they come first
        SELECT FROM unnest(slots) s JOIN waiting_entry w ON w.slot = s.id AND w.state = 'waiting'
        WHERE s.taken + s.held < s.seats
    ) AND NOT jsonb_path_exists(p_requests, '$[*] ? (@.handed == true)') THEN
        PERFORM scheduling_go_on(ARRAY(SELECT s.id FROM unnest(slots) s), clock_timestamp());
        slots := ARRAY(SELECT s FROM slot s WHERE s.code = ANY (codes) ORDER BY s.id);
    END IF;
    gained := array_fill(0, ARRAY[coalesce(cardinality(slots), 0)]);
    accepted := gained;
    others := gained;
    members := gained;
    FOR n IN 1..cardinality(gained) LOOP
        IF (rules[n]).reserved_seats > 0 THEN
            members[n] := scheduling_seats_of_audience((slots[n]).id, (rules[n]).reserved_for);
        END IF;
    END LOOP;

    FOR asked IN SELECT * FROM jsonb_to_recordset(p_requests) AS r (
        asked_at timestamptz, slot text, locale text, person integer, name text, email text, search_key text,
        registration_code text, place_code text, origin text, consents jsonb, key text, fingerprint text,
        agenda text, wait boolean, audience text, answers jsonb
    ) LOOP
        is_full := false;
        code := NULL;
        at := asked.asked_at;
        round_no := floor(extract(epoch FROM at) / 600)::text;
        <<decide>>
        BEGIN
            IF asked.key IS NOT NULL THEN
                SELECT k.fingerprint, k.outcome, k.code, k.is_full INTO known
                    FROM idempotency_key k WHERE k.key = asked.key;
                IF FOUND THEN
                    outcome := CASE WHEN known.fingerprint = asked.fingerprint THEN known.outcome ELSE 'key_reused' END;
                    code := known.code;
                    is_full := outcome <> 'key_reused' AND known.is_full;
                    RETURN NEXT;
                    CONTINUE;
                END IF;
            END IF;

            n := array_position(codes, asked.slot);
            IF n IS NULL OR editions[n] = ANY (hidden) THEN
                outcome := 'unknown'; EXIT decide;
            END IF;
            wanted := slots[n];
            IF wanted.state <> 'scheduled'
                OR (CASE asked.origin WHEN 'desk' THEN wanted.ends_at ELSE wanted.starts_at END) <= at  -- latecomers
            THEN
                outcome := 'closed'; EXIT decide;
            END IF;
            IF wanted.seats IS NULL THEN
                outcome := 'free'; EXIT decide;
            END IF;
            IF asked.origin <> 'desk' AND (rules[n]).opens_at > at THEN
                outcome := 'early'; EXIT decide;
            END IF;
            IF asked.origin <> 'desk' AND (rules[n]).closes_at <= at THEN
                outcome := 'closed'; EXIT decide;
            END IF;
            is_member := asked.audience = (rules[n]).reserved_for;
            kept := CASE WHEN asked.origin = 'desk' OR is_member OR (rules[n]).reserved_seats IS NULL
                OR (rules[n]).reserved_until <= at THEN 0 ELSE greatest(0, (rules[n]).reserved_seats - members[n]) END;
            free := wanted.seats - wanted.taken - wanted.held - gained[n] + accepted[n];
            is_full := free <= kept;

            IF asked.person IS NULL THEN
                INSERT INTO person (name, email, account_email, locale, search_key, created_at)
                    VALUES (asked.name, asked.email, asked.email, asked.locale, asked.search_key, at)
                    ON CONFLICT (account_email) DO UPDATE SET email = person.email
                    RETURNING id, name, proved_at IS NULL INTO who, name_known, is_unproved;
                IF is_unproved AND name_known <> asked.name AND NOT EXISTS (
                    SELECT FROM registration r WHERE r.person = who AND r.state = 'active'  -- a ticket bears the name
                ) THEN
                    UPDATE person SET name = asked.name, search_key = asked.search_key WHERE id = who;
                END IF;
            ELSE
                SELECT p.id INTO STRICT who FROM person p WHERE p.id = asked.person FOR NO KEY UPDATE;
            END IF;

            SELECT p.code, p.state, p.sequence, w.state AS line, w.deadline, w.audience INTO mine
                FROM place p LEFT JOIN waiting_entry w ON w.slot = p.slot AND w.person = p.person
                WHERE p.slot = wanted.id AND p.person = who;
            code := coalesce(mine.code, asked.place_code);
            -- Only who has proved who they are: nobody learns from a form that somebody has been offered a seat.
            was_offered := mine.line = 'offered' AND mine.deadline > at AND asked.person IS NOT NULL;

            IF mine.state = 'confirmed' THEN
                outcome := 'already';
                IF asked.agenda IS NULL THEN
                    INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                        VALUES ('mail', 'scheduling.ticket', 'ticket-again:' || code || ':' || round_no, editions[n],
                            who, jsonb_build_object('place', code, 'locale', asked.locale, 'again', true), at, at)
                        ON CONFLICT (dedup_key) DO NOTHING;
                END IF;
                EXIT decide;
            END IF;

            IF is_full AND NOT coalesce(was_offered, false) THEN
                outcome := CASE
                    WHEN NOT coalesce(asked.wait, false) THEN 'full'
                    WHEN EXISTS (
                        SELECT FROM agenda_entry e WHERE e.person = who
                            AND tstzrange(e.starts_at, e.ends_at) && tstzrange(wanted.starts_at, wanted.ends_at)
                    ) THEN 'overlap'
                    ELSE 'waiting' END;
            ELSIF asked.origin <> 'desk' AND (limits[n]).most > 0 AND ((limits[n]).most_until > at) IS NOT FALSE
                AND scheduling_places_of(who, editions[n]) >= (limits[n]).most
            THEN
                outcome := 'limit';
            ELSE
                INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
                    VALUES (who, wanted.starts_at, wanted.ends_at, 'scheduling.place', code)
                    ON CONFLICT DO NOTHING;
                outcome := CASE WHEN FOUND THEN 'confirmed' ELSE 'overlap' END;
            END IF;

            IF outcome <> 'confirmed' THEN
                refused := refused || wanted.id;
            END IF;
            INSERT INTO place (code, slot, person, state, reason, sequence, created_at, updated_at, audience, answers)
                VALUES (code, wanted.id, who,
                    CASE outcome WHEN 'confirmed' THEN 'confirmed' ELSE 'refused' END,
                    CASE WHEN outcome = 'confirmed' THEN '' WHEN outcome NOT IN ('full', 'waiting') THEN outcome
                        WHEN free > 0 THEN 'reserved' ELSE 'full' END,
                    0, at, at, CASE WHEN was_offered THEN mine.audience ELSE coalesce(asked.audience, '') END,
                    coalesce(asked.answers, '{}'))
                ON CONFLICT (slot, person) DO UPDATE SET
                    state = EXCLUDED.state, reason = EXCLUDED.reason, updated_at = EXCLUDED.updated_at,
                    sequence = place.sequence + (EXCLUDED.state = 'confirmed')::int,
                    audience = EXCLUDED.audience, answers = EXCLUDED.answers;

            IF outcome IN ('overlap', 'limit') AND asked.origin <> 'desk' AND asked.agenda IS NULL THEN
                INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                    VALUES ('mail', 'scheduling.' || outcome, outcome || ':' || code || ':' || round_no, editions[n],
                        who, jsonb_build_object('place', code, 'locale', asked.locale), at, at)
                    ON CONFLICT (dedup_key) DO NOTHING;
            END IF;
            IF outcome = 'waiting' THEN
                line := line || jsonb_build_object('n', n, 'slot', wanted.id, 'person', who, 'code', code,
                    'audience', coalesce(asked.audience, ''), 'locale', asked.locale, 'edition', editions[n],
                    'at', at, 'round_no', round_no);
            ELSIF outcome <> 'confirmed' THEN
                EXIT decide;
            END IF;

            IF outcome = 'confirmed' THEN
                gained[n] := gained[n] + 1;
                accepted[n] := accepted[n] + coalesce(was_offered, false)::int;
                IF is_member AND NOT coalesce(was_offered, false) THEN
                    members[n] := members[n] + 1;
                ELSIF asked.origin <> 'desk' AND NOT coalesce(was_offered, false) THEN
                    others[n] := others[n] + 1;
                END IF;
                took_by := took_by || who;
                took := took || n;
                took_code := took_code || code;
                INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
                    VALUES (asked.registration_code, who, editions[n], 'active', asked.origin, at, at)
                    ON CONFLICT (person, edition) DO UPDATE SET state = 'active', updated_at = at
                        WHERE registration.state <> 'active';
            END IF;
            INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
                SELECT who, editions[n], c->>'purpose', (c->>'version')::smallint, asked.locale, c->>'text',
                    asked.origin, at,
                    CASE WHEN asked.person IS NOT NULL THEN at END  -- anybody can type somebody else's address
                FROM jsonb_array_elements(asked.consents) c
                WHERE NOT EXISTS (  -- said before, as well as now
                    SELECT FROM consent k
                    WHERE k.person = who AND k.edition = editions[n] AND k.purpose = c->>'purpose'
                        AND k.version = (c->>'version')::smallint AND k.withdrawn_at IS NULL
                        AND (k.proved_at IS NOT NULL OR asked.person IS NULL)
                );
            IF asked.agenda IS NULL AND outcome = 'confirmed' THEN
                INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                    VALUES ('mail', 'scheduling.ticket', 'ticket:' || code || ':' || coalesce(mine.sequence + 1, 0),
                        editions[n], who, jsonb_build_object('place', code, 'locale', asked.locale,
                            'sequence', coalesce(mine.sequence + 1, 0)), at, at);
            END IF;
        END decide;

        IF asked.agenda IS NOT NULL AND code IS NOT NULL AND outcome <> 'waiting' THEN  -- a line has a mail of its own
            told_together := told_together || jsonb_build_object('agenda', asked.agenda, 'edition', editions[n],
                'person', who, 'locale', asked.locale, 'code', code, 'outcome', outcome);
        END IF;
        IF asked.key IS NOT NULL THEN
            INSERT INTO idempotency_key (key, fingerprint, outcome, code, is_full, created_at)
                VALUES (asked.key, asked.fingerprint, outcome, coalesce(code, ''), is_full, at)
                ON CONFLICT (key) DO NOTHING;
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the same key has just been used' USING ERRCODE = 'DD001';
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;

    IF told_together <> '[]' THEN  -- where all was full there is nothing to write; what says nothing new is repeated
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
            SELECT 'mail', 'scheduling.agenda',
                CASE WHEN bool_or(t.outcome = 'confirmed') THEN 'agenda:' || t.agenda
                    ELSE 'agenda-again:' || md5(string_agg(t.code || t.outcome, ',' ORDER BY t.code)) || ':' || round_no
                END,
                t.edition, t.person,
                jsonb_build_object('places', jsonb_object_agg(t.code, t.outcome), 'locale', min(t.locale)), at, at
            FROM jsonb_to_recordset(told_together) AS t (
                agenda text, edition integer, person integer, locale text, code text, outcome text
            )
            GROUP BY t.agenda, t.edition, t.person HAVING bool_or(t.outcome <> 'full')
            ON CONFLICT (dedup_key) DO NOTHING;
    END IF;

    -- What ends with a place taken: the same person's turn in its line, and in lines for the same time.
    ending := ARRAY(
        SELECT w.id FROM unnest(took_by, took) AS t (person, n)
        JOIN waiting_entry w ON w.person = t.person AND w.state IN ('waiting', 'offered')
        JOIN slot s ON s.id = w.slot
        WHERE s.id = (slots[t.n]).id OR s.starts_at < (slots[t.n]).ends_at AND (slots[t.n]).starts_at < s.ends_at
    );
    IF cardinality(ending) > 0 OR line <> '[]' THEN  -- all slots are held before anything that waits in them
        PERFORM FROM slot s WHERE s.id = ANY (ARRAY(SELECT w.slot FROM waiting_entry w WHERE w.id = ANY (ending)))
            OR s.id = ANY (ARRAY(SELECT (l->>'slot')::integer FROM jsonb_array_elements(line) l))
            OR s.id = ANY (ARRAY(SELECT (slots[k]).id FROM generate_subscripts(slots, 1) k WHERE gained[k] > 0))
            ORDER BY s.id FOR NO KEY UPDATE;
    END IF;
    IF cardinality(ending) > 0 THEN
        WITH old AS (
            SELECT DISTINCT ON (w.id) w.id, w.slot, w.state, w.slot = (slots[t.n]).id AS same, took_code[t.k] AS code
            FROM unnest(took_by, took) WITH ORDINALITY AS t (person, n, k)
            JOIN waiting_entry w ON w.person = t.person AND w.id = ANY (ending) AND w.state IN ('waiting', 'offered')
            JOIN slot s ON s.id = w.slot
            WHERE s.id = (slots[t.n]).id OR s.starts_at < (slots[t.n]).ends_at AND (slots[t.n]).starts_at < s.ends_at
            ORDER BY w.id, w.slot = (slots[t.n]).id DESC
        ), ended AS (
            UPDATE waiting_entry w SET state = CASE WHEN old.same THEN 'accepted' ELSE 'withdrawn' END,
                deadline = NULL, updated_at = at, because = CASE WHEN old.same THEN '' ELSE old.code END
            FROM old WHERE w.id = old.id
        ), noted AS (
            INSERT INTO waiting_event (entry, kind, reason, at)
            SELECT old.id, CASE WHEN old.same THEN 'accepted' ELSE 'withdrawn' END,
                CASE WHEN old.same THEN '' ELSE 'overlap' END, at FROM old
        ), let_go AS (
            UPDATE slot s SET held = s.held - gone.seats
            FROM (SELECT old.slot, count(*) AS seats FROM old WHERE old.state = 'offered' GROUP BY 1) gone
            WHERE s.id = gone.slot
        )
        SELECT array_agg(DISTINCT old.slot) FILTER (WHERE old.state = 'offered'),
            count(*) FILTER (WHERE old.state = 'offered' AND old.same) INTO released, kept FROM old;
        FOR n IN 1..cardinality(accepted) LOOP
            kept := kept - accepted[n];
        END LOOP;
        IF kept < 0 THEN
            RAISE EXCEPTION 'an offer has just ended' USING ERRCODE = 'DD001';
        END IF;
    ELSIF 0 < ANY (accepted) THEN
        RAISE EXCEPTION 'an offer has just ended' USING ERRCODE = 'DD001';
    END IF;

    FOR n IN 1..cardinality(gained) LOOP
        wanted := slots[n];
        IF gained[n] = 0 AND wanted.id = ANY (refused) THEN
            PERFORM FROM slot WHERE id = wanted.id FOR KEY SHARE;  -- taking a seat would prove that it is there
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the slot has just been removed' USING ERRCODE = 'DD001';
            END IF;
        END IF;
        CONTINUE WHEN gained[n] = 0;
        UPDATE slot SET taken = taken + gained[n] WHERE id = wanted.id AND taken + held + gained[n] <= seats
            AND state = 'scheduled' AND starts_at = wanted.starts_at AND ends_at = wanted.ends_at;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the last seat has just gone, or the slot has moved' USING ERRCODE = 'DD001';
        END IF;
        IF others[n] > 0 AND (rules[n]).reserved_seats > 0 AND ((rules[n]).reserved_until > at) IS NOT FALSE AND EXISTS (
            SELECT FROM slot s WHERE s.id = wanted.id AND s.seats - s.taken - s.held
                < greatest(0, (rules[n]).reserved_seats - scheduling_seats_of_audience(s.id, (rules[n]).reserved_for))
        ) THEN
            RAISE EXCEPTION 'the last seat that is not reserved has just gone' USING ERRCODE = 'DD001';
        END IF;
    END LOOP;
    IF line <> '[]' THEN
        PERFORM scheduling_join_lines(line);
    END IF;
    IF cardinality(released) > 0 THEN
        PERFORM scheduling_go_on(released, at);
    END IF;
    -- We hold the slots' rows: from here on none of their editions is taken from public view (domain/announcing.py).
    IF EXISTS (SELECT FROM edition e WHERE e.id = ANY (editions) AND e.id <> ALL (hidden) AND NOT e.announced) THEN
        RAISE EXCEPTION 'the edition has just been taken from public view' USING ERRCODE = 'DD001';
    END IF;
END $$;
