-- The hot path: one registration, one round trip, one transaction.
--
-- Lock order: the person, then the seat counter of the slot. The counter comes last, so that the one row
-- everybody wants is held only for the commit. Between its reading and its update the last seat may go to
-- somebody else, or the slot may move: then everything is undone (SQLSTATE DD001) and the caller asks again.
--
-- Outcomes: confirmed, already (holds a place here), full, overlap (is expected elsewhere), unknown, closed,
-- free (nobody registers for this slot), key_reused (an idempotency key came back with another request).

CREATE OR REPLACE FUNCTION scheduling_take_place(
    p_slot text,
    p_now timestamptz,
    p_locale text,
    p_person integer,             -- who has proved who they are, or null
    p_name text,
    p_email text,                 -- lower case
    p_search_key text,
    p_registration_code text,     -- codes to use if new rows are needed
    p_place_code text,
    p_origin text,
    p_consents jsonb,             -- [{"purpose", "version", "text"}]
    p_key text,                   -- idempotency key, or null
    p_fingerprint text,
    OUT outcome text,
    OUT code text,
    OUT is_full boolean
) LANGUAGE plpgsql AS $$
DECLARE
    wanted record;
    who integer;
    held record;
    known record;
    round_no text := floor(extract(epoch FROM p_now) / 600)::text;  -- a repeated answer at most every 10 minutes
BEGIN
    is_full := false;
    IF p_key IS NOT NULL THEN
        SELECT k.fingerprint, k.outcome, k.code, k.is_full INTO known FROM idempotency_key k WHERE k.key = p_key;
        IF FOUND THEN
            outcome := CASE WHEN known.fingerprint = p_fingerprint THEN known.outcome ELSE 'key_reused' END;
            code := known.code;
            is_full := outcome <> 'key_reused' AND known.is_full;
            RETURN;
        END IF;
    END IF;

    <<decide>>
    BEGIN
        SELECT s.id, s.seats, s.taken, s.starts_at, s.ends_at, s.state, a.edition INTO wanted
            FROM slot s JOIN activity a ON a.id = s.activity WHERE s.code = p_slot;
        IF NOT FOUND THEN
            outcome := 'unknown'; EXIT decide;
        END IF;
        IF wanted.state <> 'scheduled'
            OR (CASE p_origin WHEN 'desk' THEN wanted.ends_at ELSE wanted.starts_at END) <= p_now  -- latecomers
        THEN
            outcome := 'closed'; EXIT decide;
        END IF;
        IF wanted.seats IS NULL THEN
            outcome := 'free'; EXIT decide;
        END IF;
        is_full := wanted.taken >= wanted.seats;

        IF p_person IS NULL THEN
            INSERT INTO person (name, email, account_email, locale, search_key, created_at)
                VALUES (p_name, p_email, p_email, p_locale, p_search_key, p_now)
                ON CONFLICT (account_email) DO UPDATE SET account_email = EXCLUDED.account_email
                RETURNING id INTO who;
        ELSE
            SELECT p.id INTO STRICT who FROM person p WHERE p.id = p_person FOR NO KEY UPDATE;
        END IF;

        SELECT p.id, p.code, p.state, p.sequence INTO held FROM place p WHERE p.slot = wanted.id AND p.person = who;
        code := coalesce(held.code, p_place_code);

        IF held.state = 'confirmed' THEN
            outcome := 'already';
            INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                VALUES ('mail', 'scheduling.ticket', 'ticket-again:' || code || ':' || round_no,
                    wanted.edition, who, jsonb_build_object('place', code, 'locale', p_locale), p_now, p_now)
                ON CONFLICT (dedup_key) DO NOTHING;
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
            PERFORM FROM slot WHERE id = wanted.id FOR KEY SHARE;  -- the others prove that it exists by taking a seat
            IF NOT FOUND THEN
                RAISE EXCEPTION 'the slot has just been removed' USING ERRCODE = 'DD001';
            END IF;
        END IF;
        INSERT INTO place (code, slot, person, state, reason, sequence, created_at, updated_at)
            VALUES (code, wanted.id, who,
                CASE outcome WHEN 'confirmed' THEN 'confirmed' ELSE 'refused' END,
                CASE outcome WHEN 'confirmed' THEN '' ELSE outcome END,
                0, p_now, p_now)
            ON CONFLICT (slot, person) DO UPDATE SET
                state = EXCLUDED.state, reason = EXCLUDED.reason, updated_at = EXCLUDED.updated_at,
                sequence = place.sequence + (EXCLUDED.state = 'confirmed')::int;

        IF outcome = 'overlap' AND p_origin <> 'desk' THEN
            INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
                VALUES ('mail', 'scheduling.overlap', 'overlap:' || code || ':' || round_no,
                    wanted.edition, who, jsonb_build_object('place', code, 'locale', p_locale), p_now, p_now)
                ON CONFLICT (dedup_key) DO NOTHING;
        END IF;
        IF outcome <> 'confirmed' THEN
            EXIT decide;
        END IF;

        INSERT INTO registration (code, person, edition, state, origin, created_at, updated_at)
            VALUES (p_registration_code, who, wanted.edition, 'active', p_origin, p_now, p_now)
            ON CONFLICT (person, edition) DO UPDATE SET state = 'active', updated_at = p_now
                WHERE registration.state <> 'active';
        INSERT INTO consent (person, edition, purpose, version, locale, text, origin, given_at, proved_at)
            SELECT who, wanted.edition, c->>'purpose', (c->>'version')::smallint, p_locale, c->>'text', p_origin, p_now,
                CASE WHEN p_person IS NOT NULL THEN p_now END  -- anybody can type somebody else's address
            FROM jsonb_array_elements(p_consents) c;
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
            VALUES ('mail', 'scheduling.ticket',
                'ticket:' || code || ':' || coalesce(held.sequence + 1, 0),
                wanted.edition, who, jsonb_build_object('place', code, 'locale', p_locale), p_now, p_now);
    END decide;

    IF p_key IS NOT NULL THEN
        INSERT INTO idempotency_key (key, fingerprint, outcome, code, is_full, created_at)
            VALUES (p_key, p_fingerprint, outcome, coalesce(code, ''), is_full, p_now)
            ON CONFLICT (key) DO NOTHING;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the same key has just been used' USING ERRCODE = 'DD001';
        END IF;
    END IF;
    IF outcome = 'confirmed' THEN
        UPDATE slot SET taken = taken + 1 WHERE id = wanted.id AND taken < seats AND state = 'scheduled'
            AND starts_at = wanted.starts_at AND ends_at = wanted.ends_at;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the last seat has just gone, or the slot has moved' USING ERRCODE = 'DD001';
        END IF;
    END IF;
END $$;
