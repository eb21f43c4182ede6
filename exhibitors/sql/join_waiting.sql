-- An accepted exhibitor begins to wait for a booth of its category, at the end of the line.
--
-- Outcomes: joined, again (waits already), free (there is one to choose), has_booth (holds or has booked one),
-- not_accepted, closed (booths are not booked now).
CREATE OR REPLACE FUNCTION exhibitors_join_waiting(p_exhibitor integer, p_at timestamptz, OUT outcome text)
LANGUAGE plpgsql AS $$
DECLARE
    who exhibitor;
    rules fair;
BEGIN
    SELECT * INTO STRICT who FROM exhibitor x WHERE x.id = p_exhibitor FOR NO KEY UPDATE;
    PERFORM exhibitors_go_on(who.edition, p_at);
    SELECT * INTO rules FROM fair f WHERE f.edition = who.edition;
    outcome := CASE
        WHEN who.state <> 'accepted' THEN 'not_accepted'
        WHEN EXISTS (SELECT FROM booth_waiting w WHERE w.exhibitor = who.id) THEN 'again'
        WHEN EXISTS (SELECT FROM booking k WHERE k.exhibitor = who.id AND k.state IN ('held', 'confirmed'))
            THEN 'has_booth'
        WHEN rules.booking_opens_at IS NULL OR rules.booking_opens_at > p_at OR rules.booking_closes_at <= p_at
            THEN 'closed'
        WHEN EXISTS (
            SELECT FROM booth b WHERE b.edition = who.edition AND (b.category = who.category OR b.category IS NULL)
            AND NOT EXISTS (SELECT FROM booking k WHERE k.booth = b.id AND k.state IN ('held', 'confirmed'))
        ) THEN 'free'
        ELSE 'joined' END;
    IF outcome = 'joined' THEN
        INSERT INTO booth_waiting (exhibitor, category, joined_at) VALUES (who.id, who.category, p_at);
    END IF;
END $$;
