-- Adds that from now on published figures are open to everybody, or not. Grain: batch_number.
INSERT INTO public_switch (batch_number, is_open)
VALUES ($batch_number, $is_open)
