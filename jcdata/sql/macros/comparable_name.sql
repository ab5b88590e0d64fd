-- What one year's table calls 公务用车运行维护费 another's calls 公务用车运行费; brackets and quotation marks come in both
-- widths.
replace(
  regexp_replace(translate(name, '（）“”‘’"''　 ', '()'), '费用$', '费'),
  '运行维护费', '运行费'
)
