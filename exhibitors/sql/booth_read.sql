-- Changes whenever what an exhibitor has read of a booth does.
CREATE OR REPLACE FUNCTION exhibitors_booth_read(p_booth booth) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(concat_ws(' ', p_booth.number, p_booth.x, p_booth.y, p_booth.width, p_booth.depth, p_booth.category,
        p_booth.power, p_booth.network, p_booth.step_free))
$$;
