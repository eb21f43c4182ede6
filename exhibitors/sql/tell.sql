-- A mail to an exhibitor's contacts about one of its bookings, once for each ``p_round``.
CREATE OR REPLACE FUNCTION exhibitors_tell(p_topic text, p_booking booking, p_round text, p_at timestamptz)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
    SELECT 'mail', 'exhibitors.' || p_topic, p_topic || ':' || p_booking.code || ':' || p_round || ':' || m.person,
        x.edition, m.person, jsonb_build_object('booking', p_booking.code, 'sequence', p_booking.sequence),
        p_at, p_at, CASE p_topic WHEN 'offer' THEN 0 ELSE 5 END
    FROM exhibitor x JOIN exhibitor_member m ON m.exhibitor = x.id AND m.is_contact WHERE x.id = p_booking.exhibitor
    ON CONFLICT (dedup_key) DO NOTHING
$$;
