-- A hold is left, or a booking cancelled: its extras go back to stock, its booth to whoever waits.
--
-- Outcomes: left, cancelled, closed (the exhibitor's own cancelling is over), over (has ended already), unknown.
-- ``p_by``: the organiser who does it, none for the exhibitor; whoever did not do it is told.
CREATE OR REPLACE FUNCTION exhibitors_end_booking(
    p_booking text, p_by integer, p_reason text, p_at timestamptz, OUT outcome text
) LANGUAGE plpgsql AS $$
DECLARE
    who exhibitor;
    here booking;
    rules fair;
BEGIN
    SELECT x.* INTO who FROM exhibitor x
        WHERE x.id = (SELECT k.exhibitor FROM booking k WHERE k.code = p_booking) FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        outcome := 'unknown';
        RETURN;
    END IF;
    PERFORM exhibitors_go_on(who.edition, p_at);
    SELECT * INTO rules FROM fair f WHERE f.edition = who.edition;
    SELECT * INTO here FROM booking k WHERE k.code = p_booking;
    outcome := CASE
        WHEN here.state = 'held' THEN 'left'
        WHEN here.state <> 'confirmed' THEN 'over'
        WHEN p_by IS NULL AND rules.booking_closes_at <= p_at THEN 'closed'
        ELSE 'cancelled' END;
    IF outcome NOT IN ('left', 'cancelled') THEN
        RETURN;
    END IF;
    IF outcome = 'cancelled' THEN
        UPDATE booth_extra e SET taken = e.taken - o.quantity
            FROM booking_extra o WHERE o.booking = here.id AND e.id = o.extra;
    END IF;
    UPDATE booking k SET state = outcome, held_until = NULL, ended_at = p_at, updated_at = p_at, reason = p_reason,
            ended_by = p_by, sequence = k.sequence + (outcome = 'cancelled')::integer
        WHERE k.id = here.id RETURNING k.* INTO here;
    IF outcome = 'cancelled' OR p_by IS NOT NULL THEN
        PERFORM exhibitors_tell('booking_over', here, here.sequence::text, p_at);
    END IF;
    PERFORM exhibitors_go_on(who.edition, p_at);
END $$;
