-- A hold becomes a booking: takes the extras' stock, all or nothing, fixes the prices and, where the exhibitor had another
-- booth, moves it here with what it paid for it. The mail is promised.
--
-- ``p_extras`` is {code: quantity}. ``p_booth_version`` and ``p_total`` are what the exhibitor has read: nothing else is
-- confirmed. ``p_by_hand``: an organiser gives the booth; extras are carried over, nothing is compared.
--
-- Outcomes: confirmed, already, over (the hold's time has run out), not_accepted, category (the booth is for another one
-- by now), changed (not what was read), extra (too few of ``about`` are left: the hold stays), unknown.
-- ``id`` is the booking's, of ``confirmed`` alone.
CREATE OR REPLACE FUNCTION exhibitors_confirm_booking(
    p_exhibitor integer,
    p_booking text,
    p_extras jsonb,
    p_booth_version text,
    p_total integer,
    p_by_hand boolean,
    p_at timestamptz,
    OUT outcome text,
    OUT about text,
    OUT id integer
) LANGUAGE plpgsql AS $$
DECLARE
    who exhibitor;
    here booking;
    former booking;
    wanted booth;
    price integer;
    total integer;
    line record;
BEGIN
    -- As strong a lock as the bill takes afterwards: two that confirm at once must not wait for each other.
    SELECT * INTO STRICT who FROM exhibitor x WHERE x.id = p_exhibitor FOR NO KEY UPDATE;
    PERFORM exhibitors_go_on(who.edition, p_at);
    SELECT * INTO here FROM booking k WHERE k.code = p_booking AND k.exhibitor = who.id;
    SELECT * INTO former FROM booking k WHERE k.exhibitor = who.id AND k.state = 'confirmed';
    SELECT * INTO wanted FROM booth b WHERE b.id = here.booth FOR KEY SHARE;
    outcome := CASE
        WHEN here.id IS NULL THEN 'unknown'
        WHEN here.state = 'confirmed' THEN 'already'
        WHEN here.state <> 'held' THEN 'over'
        WHEN who.state <> 'accepted' THEN 'not_accepted'
        WHEN NOT p_by_hand AND wanted.category <> who.category THEN 'category'
        ELSE 'confirmed' END;
    IF outcome <> 'confirmed' THEN
        RETURN;
    END IF;

    -- Who moves within its category pays what it has agreed to.
    SELECT former.price_cents INTO price FROM booth b
        WHERE b.id = former.booth AND (b.category = who.category OR b.category IS NULL);
    IF NOT FOUND THEN
        SELECT c.price_cents INTO STRICT price FROM fair_category c WHERE c.id = who.category;
    END IF;
    IF p_by_hand THEN
        SELECT coalesce(jsonb_object_agg(e.code, o.quantity), '{}') INTO p_extras
            FROM booking_extra o JOIN booth_extra e ON e.id = o.extra WHERE o.booking = former.id;
    END IF;
    SELECT p.key INTO about FROM jsonb_each_text(p_extras) p
        WHERE p.value::integer > 0 AND NOT EXISTS (
            SELECT FROM booth_extra e WHERE e.code = p.key AND e.edition = who.edition
        ) LIMIT 1;
    IF FOUND THEN
        outcome := 'extra';
        RETURN;
    END IF;
    SELECT price + coalesce(sum(q.quantity * q.unit), 0) INTO total
        FROM exhibitors_extras_asked(who.edition, former.id, p_extras) q;
    IF NOT p_by_hand AND (total <> p_total OR exhibitors_booth_read(wanted) <> p_booth_version) THEN
        outcome := 'changed';
        RETURN;
    END IF;
    BEGIN
        FOR line IN SELECT * FROM exhibitors_extras_asked(who.edition, former.id, p_extras) q ORDER BY q.extra LOOP
            about := line.code;
            UPDATE booth_extra e SET taken = e.taken + line.quantity - line.had
                WHERE e.id = line.extra
                AND (line.quantity <= line.had OR e.stock IS NULL OR e.taken + line.quantity - line.had <= e.stock);
            IF NOT FOUND THEN
                RAISE EXCEPTION 'too few are left' USING ERRCODE = 'DD002';
            END IF;
            IF line.quantity > 0 THEN
                INSERT INTO booking_extra (booking, extra, quantity, price_cents)
                    VALUES (here.id, line.extra, line.quantity, line.unit);
            END IF;
        END LOOP;
    EXCEPTION WHEN SQLSTATE 'DD002' THEN
        outcome := 'extra';
        RETURN;
    END;
    about := NULL;
    UPDATE booking k SET state = 'moved', ended_at = p_at, updated_at = p_at WHERE k.id = former.id;
    UPDATE booking k SET state = 'confirmed', held_until = NULL, price_cents = price, confirmed_at = p_at,
            updated_at = p_at, sequence = (
                SELECT coalesce(1 + max(o.sequence), 0) FROM booking o
                WHERE o.exhibitor = who.id AND o.confirmed_at IS NOT NULL
            )
        WHERE k.id = here.id RETURNING k.* INTO here;
    DELETE FROM booth_waiting w WHERE w.exhibitor = who.id;
    PERFORM exhibitors_tell('booking', here, here.sequence::text, p_at);
    PERFORM exhibitors_go_on(who.edition, p_at);
    id := here.id;
END $$;
