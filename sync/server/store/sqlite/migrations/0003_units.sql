-- The stores among hundreds of thousands of villages: asked for at every exchange.
CREATE INDEX unit_level ON unit (level);
