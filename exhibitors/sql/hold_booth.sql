-- Holds a booth for an exhibitor, in one round trip; its hold of another booth ends only if this one succeeds.
--
-- Outcomes: held, again (it holds this one already: nothing is prolonged), yours (has booked it), taken, waited (kept for
-- whoever waited for one), category (is for another one), not_accepted, early, closed, settled (no more moves), unknown.
-- ``p_by_hand``: an organiser gives it, whatever category and dates say.
CREATE OR REPLACE FUNCTION exhibitors_hold_booth(
    p_exhibitor integer,
    p_booth text,
    p_code text,
    p_by_hand boolean,
    p_at timestamptz,
    OUT outcome text,
    OUT code text,
    OUT number text
) LANGUAGE plpgsql AS $$
DECLARE
    who exhibitor;
    rules fair;
    wanted booth;
    there booking;
BEGIN
    SELECT * INTO STRICT who FROM exhibitor x WHERE x.id = p_exhibitor FOR NO KEY UPDATE;
    PERFORM exhibitors_go_on(who.edition, p_at);
    SELECT * INTO rules FROM fair f WHERE f.edition = who.edition;
    SELECT * INTO wanted FROM booth b WHERE b.edition = who.edition AND b.code = p_booth FOR KEY SHARE;
    number := wanted.number;
    SELECT * INTO there FROM booking k WHERE k.booth = wanted.id AND k.state IN ('held', 'confirmed');
    outcome := CASE
        WHEN wanted.id IS NULL THEN 'unknown'
        WHEN who.state <> 'accepted' THEN 'not_accepted'
        WHEN there.exhibitor = who.id THEN CASE there.state WHEN 'held' THEN 'again' ELSE 'yours' END
        WHEN NOT p_by_hand AND (rules.booking_opens_at IS NULL OR rules.booking_opens_at > p_at) THEN 'early'
        WHEN NOT p_by_hand AND rules.booking_closes_at <= p_at THEN 'closed'
        WHEN NOT p_by_hand AND wanted.category <> who.category THEN 'category'
        WHEN there.offered THEN 'waited'
        WHEN there.id IS NOT NULL THEN 'taken'
        WHEN NOT p_by_hand AND rules.moves_until <= p_at AND EXISTS (
            SELECT FROM booking k WHERE k.exhibitor = who.id AND k.state = 'confirmed'
        ) THEN 'settled'
        ELSE 'held' END;
    IF outcome = 'again' THEN
        code := there.code;
    END IF;
    IF outcome <> 'held' THEN
        RETURN;
    END IF;
    BEGIN
        UPDATE booking k SET state = 'left', held_until = NULL, ended_at = p_at, updated_at = p_at
            WHERE k.exhibitor = who.id AND k.state = 'held';
        INSERT INTO booking (code, booth, exhibitor, state, held_until, offered, price_cents, sequence, reason,
                created_at, updated_at)
            VALUES (p_code, wanted.id, who.id, 'held',
                p_at + make_interval(mins => coalesce(rules.hold_minutes, 15)::integer), false, 0, 0, '', p_at, p_at);
    EXCEPTION WHEN unique_violation THEN  -- the last guard: two never hold one booth
        outcome := 'taken';
        RETURN;
    END;
    code := p_code;
    DELETE FROM booth_waiting w WHERE w.exhibitor = who.id;
    PERFORM exhibitors_go_on(who.edition, p_at);
END $$;
