-- Each extra that is asked for (codes with quantities) or that another booking has: how many, how many until now, and at
-- which price; what was rented before keeps the price of that day.
CREATE OR REPLACE FUNCTION exhibitors_extras_asked(p_edition integer, p_former integer, p_extras jsonb)
RETURNS TABLE (extra integer, code text, quantity integer, had integer, unit integer) LANGUAGE sql STABLE AS $$
    SELECT e.id, e.code::text, coalesce((p_extras->>e.code)::integer, 0), coalesce(o.quantity, 0),
        coalesce(o.price_cents, e.price_cents)
    FROM booth_extra e LEFT JOIN booking_extra o ON o.extra = e.id AND o.booking = p_former
    WHERE e.edition = p_edition AND (o.id IS NOT NULL OR (p_extras->>e.code)::integer > 0)
$$;
