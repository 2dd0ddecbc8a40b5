-- What a reply places at the market is called orders, as everywhere else; offers are loans.

ALTER TABLE traces RENAME COLUMN offers TO orders;
UPDATE traces SET
    repairs = replace(repairs, '"bare-offers"', '"bare-orders"'),
    drops = replace(replace(drops, '"not-an-offer"', '"not-an-order"'), '"offers-unreadable"', '"orders-unreadable"');
