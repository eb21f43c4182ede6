-- Whatever frees a booth, or lets somebody have one, ends here: holds whose time is over end, and each free booth is
-- held for whoever has waited longest and may have it. Gives the number of offers made.
--
-- Bookings of an edition are made one after another: this takes their turn, which lasts as long as the transaction.
-- What frees a booth thus sees who waits, and who begins to wait sees what is free. Lock order: the exhibitor's row of
-- whoever asks, then the turn, then everything else.
CREATE OR REPLACE FUNCTION exhibitors_go_on(p_edition integer, p_at timestamptz) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    rules fair;
    next record;
    made booking;
    ended booking;
    offers integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(7215004, p_edition);
    FOR ended IN UPDATE booking k SET state = 'expired', held_until = NULL, ended_at = p_at, updated_at = p_at
        FROM booth b WHERE b.id = k.booth AND b.edition = p_edition AND k.state = 'held' AND k.held_until <= p_at
        RETURNING k.*
    LOOP
        IF ended.offered THEN
            PERFORM exhibitors_tell('offer_over', ended, '', p_at);
        END IF;
    END LOOP;
    SELECT * INTO rules FROM fair f WHERE f.edition = p_edition;
    IF rules.booking_opens_at IS NULL OR rules.booking_opens_at > p_at OR rules.booking_closes_at <= p_at THEN
        RETURN 0;
    END IF;
    LOOP
        SELECT w.id AS entry, w.exhibitor, b.id AS booth INTO next
            FROM booth_waiting w
            JOIN exhibitor x ON x.id = w.exhibitor AND x.edition = p_edition AND x.state = 'accepted'
            JOIN booth b ON b.edition = x.edition AND (b.category = x.category OR b.category IS NULL)
            WHERE NOT EXISTS (SELECT FROM booking k WHERE k.booth = b.id AND k.state IN ('held', 'confirmed'))
            AND NOT EXISTS (SELECT FROM booking k WHERE k.exhibitor = x.id AND k.state IN ('held', 'confirmed'))
            ORDER BY w.joined_at, w.id, b.category NULLS LAST, b.id LIMIT 1;
        EXIT WHEN NOT FOUND;
        DELETE FROM booth_waiting w WHERE w.id = next.entry;
        INSERT INTO booking (code, booth, exhibitor, state, held_until, offered, price_cents, sequence, reason,
                created_at, updated_at)
            VALUES (exhibitors_new_code(), next.booth, next.exhibitor, 'held',
                least(p_at + make_interval(hours => rules.offer_hours), rules.booking_closes_at), true, 0, 0, '',
                p_at, p_at)
            RETURNING * INTO made;
        PERFORM exhibitors_tell('offer', made, '', p_at);
        offers := offers + 1;
    END LOOP;
    RETURN offers;
END $$;
