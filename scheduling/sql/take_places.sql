-- The hot path: registrations that arrive at the same time, one round trip, one transaction, one answer each.
--
-- Lock order: people by id, then slots by id. The slots' counters come last, so that the one row
-- everybody wants is held only for the commit. Between its reading and its update the last seat may go to
-- somebody else, or the slot may move: then everything is undone (SQLSTATE DD001) and the caller asks again.
--
-- Each request is {"asked_at", "slot", "locale", "person" (who has proved who they are, or null), "name",
-- "email" (lower case), "search_key", "registration_code", "place_code" (codes to use if new rows are needed),
-- "origin", "consents": [{"purpose", "version", "text"}], "key" (idempotency key, or null), "fingerprint",
-- "agenda" (the same for requests that one mail answers together, or null: a mail each)}.
--
-- Outcomes: confirmed, already (holds a place here), full, overlap (is expected elsewhere), unknown, closed,
-- free (nobody registers for this slot), key_reused (an idempotency key came back with another request).

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
    held record;
    who integer;
    name_known text;
    is_unproved boolean;
    people integer[];
    addresses text[];
    codes text[];       -- the slots asked for, by id: their codes, rows and editions,
    slots slot[];
    editions integer[];
    hidden integer[];   -- those of the editions that are not announced,
    gained integer[];   -- and the seats taken here so far
    refused integer[] := '{}';
    wanted slot;
    at timestamptz;
    n integer;
    told_together jsonb := '[]';
    round_no text;      -- a repeated answer at most every 10 minutes
BEGIN
    SELECT array_agg(s.code ORDER BY s.id), array_agg(s ORDER BY s.id), array_agg(a.edition ORDER BY s.id)
        INTO codes, slots, editions
        FROM slot s JOIN activity a ON a.id = s.activity
        WHERE s.code = ANY (SELECT r->>'slot' FROM jsonb_array_elements(p_requests) r);
    hidden := ARRAY(SELECT e.id FROM edition e WHERE e.id = ANY (editions) AND NOT e.announced);
    gained := array_fill(0, ARRAY[coalesce(cardinality(slots), 0)]);
    SELECT array_agg((r->>'person')::integer), array_agg(r->>'email') INTO people, addresses
        FROM jsonb_array_elements(p_requests) r;
    PERFORM FROM person p
        WHERE p.id = ANY (people) OR p.account_email = ANY (addresses) ORDER BY p.id FOR NO KEY UPDATE;

    FOR asked IN SELECT * FROM jsonb_to_recordset(p_requests) AS r (
        asked_at timestamptz, slot text, locale text, person integer, name text, email text, search_key text,
        registration_code text, place_code text, origin text, consents jsonb, key text, fingerprint text,
        agenda text
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
            is_full := wanted.taken + gained[n] >= wanted.seats;

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

            SELECT p.code, p.state, p.sequence INTO held FROM place p WHERE p.slot = wanted.id AND p.person = who;
            code := coalesce(held.code, asked.place_code);

            IF held.state = 'confirmed' THEN
                outcome := 'already';
                IF asked.agenda IS NULL THEN
                    INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                        VALUES ('mail', 'scheduling.ticket', 'ticket-again:' || code || ':' || round_no, editions[n],
                            who, jsonb_build_object('place', code, 'locale', asked.locale, 'again', true), at, at)
                        ON CONFLICT (dedup_key) DO NOTHING;
                END IF;
                EXIT decide;
            END IF;

            IF is_full THEN
                outcome := 'full';
            ELSE
                INSERT INTO agenda_entry (person, starts_at, ends_at, source, source_code)
                    VALUES (who, wanted.starts_at, wanted.ends_at, 'scheduling.place', code)
                    ON CONFLICT DO NOTHING;
                outcome := CASE WHEN FOUND THEN 'confirmed' ELSE 'overlap' END;
            END IF;

            IF outcome <> 'confirmed' THEN
                refused := refused || wanted.id;
            END IF;
            INSERT INTO place (code, slot, person, state, reason, sequence, created_at, updated_at)
                VALUES (code, wanted.id, who,
                    CASE outcome WHEN 'confirmed' THEN 'confirmed' ELSE 'refused' END,
                    CASE outcome WHEN 'confirmed' THEN '' ELSE outcome END,
                    0, at, at)
                ON CONFLICT (slot, person) DO UPDATE SET
                    state = EXCLUDED.state, reason = EXCLUDED.reason, updated_at = EXCLUDED.updated_at,
                    sequence = place.sequence + (EXCLUDED.state = 'confirmed')::int;

            IF outcome = 'overlap' AND asked.origin <> 'desk' AND asked.agenda IS NULL THEN
                INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                    VALUES ('mail', 'scheduling.overlap', 'overlap:' || code || ':' || round_no, editions[n], who,
                        jsonb_build_object('place', code, 'locale', asked.locale), at, at)
                    ON CONFLICT (dedup_key) DO NOTHING;
            END IF;
            IF outcome <> 'confirmed' THEN
                EXIT decide;
            END IF;

            gained[n] := gained[n] + 1;
            INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
                VALUES (asked.registration_code, who, editions[n], 'active', asked.origin, at, at)
                ON CONFLICT (person, edition) DO UPDATE SET state = 'active', updated_at = at
                    WHERE registration.state <> 'active';
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
            IF asked.agenda IS NULL THEN
                INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                    VALUES ('mail', 'scheduling.ticket', 'ticket:' || code || ':' || coalesce(held.sequence + 1, 0),
                        editions[n], who, jsonb_build_object('place', code, 'locale', asked.locale,
                            'sequence', coalesce(held.sequence + 1, 0)), at, at);
            END IF;
        END decide;

        IF asked.agenda IS NOT NULL AND code IS NOT NULL THEN
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

    FOR n IN 1..cardinality(gained) LOOP
        wanted := slots[n];
        IF gained[n] = 0 AND wanted.id = ANY (refused) THEN
            PERFORM FROM slot WHERE id = wanted.id FOR KEY SHARE;  -- taking a seat would prove that it is there
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the slot has just been removed' USING ERRCODE = 'DD001';
            END IF;
        END IF;
        CONTINUE WHEN gained[n] = 0;
        UPDATE slot SET taken = taken + gained[n] WHERE id = wanted.id AND taken + gained[n] <= seats
            AND state = 'scheduled' AND starts_at = wanted.starts_at AND ends_at = wanted.ends_at;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the last seat has just gone, or the slot has moved' USING ERRCODE = 'DD001';
        END IF;
    END LOOP;
    -- We hold the slots' rows: from here on none of their editions is taken from public view (domain/announcing.py).
    IF EXISTS (SELECT FROM edition e WHERE e.id = ANY (editions) AND e.id <> ALL (hidden) AND NOT e.announced) THEN
        RAISE EXCEPTION 'the edition has just been taken from public view' USING ERRCODE = 'DD001';
    END IF;
END $$;
