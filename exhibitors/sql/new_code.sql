-- A public code as ``kernel.codes`` makes them, for rows that are made here.
CREATE OR REPLACE FUNCTION exhibitors_new_code() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + get_byte(b, n) % 32, 1), '')
    FROM (SELECT uuid_send(gen_random_uuid()) AS b) r, unnest(ARRAY[0, 1, 2, 3, 4, 5, 9, 10, 11, 12]) n
$$;
