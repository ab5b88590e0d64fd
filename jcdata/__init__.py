"""Budget disclosures of China's government units as data that one can trust."""
