-- A mail to somebody in line, once for each ``p_round`` of their entry.
CREATE OR REPLACE FUNCTION scheduling_tell_in_line(p_topic text, p_entry waiting_entry, p_round text, p_at timestamptz)
RETURNS void LANGUAGE sql AS $$
    INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
    SELECT 'mail', 'scheduling.' || p_topic, p_topic || ':' || p_entry.code || ':' || p_round, a.edition,
        p_entry.person, jsonb_build_object('entry', p_entry.code, 'locale', p_entry.locale, 'round', p_entry.round),
        p_at, p_at, CASE p_topic WHEN 'offer' THEN 0 ELSE 5 END
    FROM slot s JOIN activity a ON a.id = s.activity WHERE s.id = p_entry.slot
    ON CONFLICT (dedup_key) DO NOTHING
$$;
