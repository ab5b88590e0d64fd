"""Forms that are read by their headings: every kind that units publish, in whatever columns they print."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jcdata.documents.document import number_lines, read_document
from jcdata.documents.sections import Section, find_furniture, find_sections
from jcdata.forms.form_records import Forms
from jcdata.forms.headings import role_of
from jcdata.forms.performance_forms import read_forms
from jcdata.schema import Indicator
from jcdata.spec_files import patterns
from jcdata.text import label_key

TITLE = "项目支出绩效目标表"
HEADER = "绩效指标|一级指标|二级指标|三级指标|指标值|分值权重（90）"
FOUR = (
    "|产出指标|数量指标|新购图书|≥3000册|30",
    "||质量指标|验收合格率|≥99%|20",
    "|效益指标|社会效益指标|到馆人次|≥8万人次|30",
    "|满意度指标|服务对象满意度指标|读者满意度|≥92%|10",
)
NAMES = [
    ("产出指标", "数量指标", "新购图书", "≥3000册"),
    ("产出指标", "质量指标", "验收合格率", "≥99%"),
    ("效益指标", "社会效益指标", "到馆人次", "≥8万人次"),
    ("满意度指标", "服务对象满意度指标", "读者满意度", "≥92%"),
]

Said = tuple[str, str, str, str]


def read(*rows: str, title: str = TITLE, layout: str = "tabbed") -> Forms:
    """Read rows in which a stroke stands for a tab, below a title."""
    first, *rest = number_lines("\n".join([title, *(row.replace("|", "\t") for row in rows)]))
    return read_forms("d", layout, [Section("form", title, first, first.no, tuple(rest))])


def said(indicator: Indicator) -> Said:
    return indicator.level1, indicator.level2, indicator.level3, indicator.value_text


def page(title: str, *tables: str) -> Forms:
    """Read a web page with a title and tables, as a document."""
    body = f"<p>某县图书馆2031年度部门预算公开</p><p>第二部分 2031年度部门预算表</p><p>{title}</p>"
    content = f"<html><meta charset=utf-8><body>{body}{''.join(tables)}</body></html>"
    document = read_document(content.encode(), "d.html")
    return read_forms("d", document.layout, find_sections(document, find_furniture(document)))


def table(*rows: Sequence[str | tuple[str, int, int]]) -> str:
    """A table of a web page; a cell that covers others says how many columns and rows."""
    cells = [[cell if isinstance(cell, tuple) else (cell, 1, 1) for cell in row] for row in rows]
    lines = (
        "".join(f"<td colspan={c} rowspan={r}>{text}</td>" for text, c, r in row) for row in cells
    )
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def test_weights_are_no_targets_and_the_sources_of_the_ministry_are_known() -> None:
    forms = read(
        "项目名称|购书项目||||",
        "主管部门及代码|410 某县文化局||实施单位|某县图书馆|",
        "项目资金（万元）|年度资金总额：|60.00|执行率分值（10）||",
        "|其中：财政拨款|50.00|||",
        "|上年结转|10.00|||",
        "|其他资金|0|||",
        "年度总体目标|新购图书三千册||||",
        HEADER,
        *FOUR,
    )
    assert [said(row) for row in forms.indicators] == NAMES
    assert [row.weight for row in forms.indicators] == [30, 20, 30, 10]
    assert {row.horizon for row in forms.indicators} == {"annual"}
    assert {row.source: row.amount_yuan for row in forms.funding} == {
        "total": 600_000,
        "fiscal": 500_000,
        "carry_over": 100_000,
        "other": 0,
    }
    (form,) = forms.forms
    assert (form.project_name, form.annual_total_yuan) == ("购书项目", Decimal(600_000))
    assert (form.form_kind, form.annual_goal) == ("project_goals", "新购图书三千册")
    assert forms.unrecognised == []


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("年度指标值", "value"),
        ("年度(/项目)指标值", "value"),
        ("指标值（包含数字及文字描述）", "value"),
        ("目标值", "value"),
        ("实施期指标值", "period_value"),
        ("指标名称", "other_name"),
        ("绩效指标性质", "comparator"),
        ("度量单位", "unit"),
        ("分值权重（90）", "weight"),
        ("分值", "weight"),
        ("全年实际值", "actual"),
        ("实际完成值", "actual"),
        ("自评得分", "score"),
        ("偏差原因分析及改进措施", "deviation"),
        ("备注", "note"),
        ("评（扣）分标准", "note"),
        ("指标方向性", "note"),
        ("一级目标", "level1"),
        ("二级绩效目标", "level2"),
        ("三级目标", "name"),
        ("指标目标值", "value"),
        ("指标值（上半年）", "part_of_year"),
        ("半年（程）指标值", "part_of_year"),
        ("第一季度目标值", "part_of_year"),
        ("指标值（全年）", "value"),
        ("本指标权重（%）", "weight"),
        ("考核人", ""),
        ("数量指标", ""),
    ],
)
def test_what_headings_say(heading: str, role: str) -> None:
    assert role_of("indicators", heading) == role


@pytest.mark.parametrize(
    "header",
    [
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|备注",
        "绩效指标|一级指标|二级指标|指标名称|目标值|说明",
        "绩效指标|一级指标|二级指标|指标内容|计划值|评分标准",
    ],
)
def test_the_header_is_no_indicator(header: str) -> None:
    forms = read("项目名称|购书项目", header, *(row.rpartition("|")[0] + "|" for row in FOUR))
    assert [said(row) for row in forms.indicators] == NAMES
    assert forms.unrecognised == []


def test_a_self_evaluation_says_what_was_attained() -> None:
    forms = read(
        "（2034年度）|||||||",
        "项目名称|档案数字化项目||||||",
        "主管部门|某县委办公室|||实施单位|某县档案馆||",
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分",
        "|年度资金总额|120.00|118.00|115.00|10|97.46%|9.75",
        "|其中：当年财政拨款|100.00|100.00|100.00|—|100%|—",
        "年度总体目标|预期目标||||实际完成情况||",
        "|完成五千卷||||完成五千二百卷||",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施",
        "|产出指标|数量指标|数字化档案卷数|≥5000卷|5200卷|20|20|",
        "||质量指标|扫描合格率|≥98%|97%|20|19.5|设备老旧，明年更换",
        "总分||||||100|99.75|",
        title="项目支出绩效自评表",
    )
    (form,) = forms.forms
    assert (form.form_kind, form.score) == ("self_evaluation", 99.75)
    assert (form.annual_goal, form.annual_result) == ("完成五千卷", "完成五千二百卷")
    assert form.annual_total_yuan == 1_200_000
    assert [(row.source, row.basis, row.amount_text) for row in forms.funding] == [
        ("total", "budget", "120.00"),
        ("total", "adjusted_budget", "118.00"),
        ("total", "actual", "115.00"),
        *(("fiscal", basis, "100.00") for basis in ("budget", "adjusted_budget", "actual")),
    ]
    rated = [(i.actual_text, i.weight, i.score, i.deviation_reason) for i in forms.indicators]
    assert rated == [("5200卷", 20, 20, None), ("97%", 20, 19.5, "设备老旧，明年更换")]
    assert forms.unrecognised == []


def test_a_whole_department_has_tasks_and_takes_the_name_of_the_unit() -> None:
    forms = read(
        "部门名称|某县图书馆|||||",
        "年度主要任务|任务名称|主要内容|预算金额（万元）|||",
        "|||总额|财政拨款|其他资金|",
        "|任务1 保障运转|人员和公用|250.00|250.00|0|",
        "|任务2 购书|新购三千册|60.00|50.00|10|",
        "|金额合计||310.00|300.00|10|",
        "年度总体目标|购书和读者服务|||||",
        "年度绩效指标|一级指标|二级指标|三级指标|指标值||",
        *(row.rpartition("|")[0] + "||" for row in FOUR),
        title="部门整体支出绩效目标表",
    )
    (form,) = forms.forms
    assert (form.form_kind, form.project_name) == ("whole_department_goals", "某县图书馆")
    assert form.annual_total_yuan == 3_100_000
    tasks = [(t.task, t.content, t.amount_yuan, t.fiscal_yuan, t.other_yuan) for t in forms.tasks]
    assert tasks == [
        ("任务1保障运转", "人员和公用", 2_500_000, 2_500_000, 0),
        ("任务2购书", "新购三千册", 600_000, 500_000, 100_000),
    ]
    assert [said(row) for row in forms.indicators] == NAMES
    assert forms.unrecognised == []


def test_tasks_go_on_below_their_header_on_the_next_page() -> None:
    header = ("年度主要任务|任务名称|主要内容|预算金额（万元）||", "|||总额|财政拨款|其他资金")
    one, other = "|保障运转|人员和公用|250.00|250.00|-", "|购书|新购三千册|60.00|50.00|10"
    forms = read("部门名称|某县图书馆", *header, one, *header, other)
    assert [(t.task, t.amount_yuan, t.other_yuan) for t in forms.tasks] == [
        ("保障运转", 2_500_000, None),
        ("购书", 600_000, 100_000),
    ]
    assert forms.unrecognised == []


def test_printings_have_other_tasks_and_what_is_no_amount_is_reported() -> None:
    header = ("项目名称|甲", "年度主要任务|任务名称|主要内容|总额|财政拨款")
    one, other = "|保障运转|人员和公用|250.00|250.00", "|购书|新购三千册|60.00|五十"
    forms = read(*header, one, *header, one, one, other)
    assert forms.forms[0].printing_count == 2
    assert [(t.task, t.amount_text, t.fiscal_yuan) for t in forms.tasks] == [
        ("保障运转", "250.00", 250),
        ("购书", "60.00", None),
    ]
    assert [(no, message.en) for no, message in forms.unrecognised] == [(9, "not an amount: 五十")]


def test_a_budget_by_source_and_by_purpose_is_the_year_s() -> None:
    forms = read(
        "部门（单位）名称|某县图书馆||||",
        "年度预算申请（万元）|资金总额：310.00||||",
        "|按收入性质分：||按支出性质分：||",
        "|其中：一般公共预算：|300.00|其中：基本支出：|250.00|",
        "|政府性基金拨款：|10.00|项目支出：|60.00|",
        title="部门（单位）整体支出绩效目标表",
    )
    assert {(row.horizon, row.source, row.amount_text) for row in forms.funding} == {
        ("annual", "total", "310.00"),
        ("annual", "general_public", "300.00"),
        ("annual", "government_fund", "10.00"),
        ("annual", "basic", "250.00"),
        ("annual", "project", "60.00"),
    }
    assert forms.unrecognised == []


def test_a_transfer_has_central_and_local_money() -> None:
    forms = read(
        "专项名称|水利发展资金|||",
        "中央主管部门|水利部|省级财政部门|某省财政厅|",
        "资金情况（万元）|年度金额：|1,200.50||",
        "|其中：中央补助|1,000.00||",
        "|地方资金|200.50||",
        "绩效指标|一级指标|二级指标|三级指标|指标值",
        "|产出指标|数量指标|治理河长|≥100公里",
        title="中央对地方转移支付区域绩效目标表",
    )
    (form,) = forms.forms
    assert (form.form_kind, form.project_name) == ("transfer_goals", "水利发展资金")
    assert {row.source: row.amount_yuan for row in forms.funding} == {
        "total": 12_005_000,
        "central": 10_000_000,
        "local": 2_005_000,
    }
    assert forms.unrecognised == []


def test_the_form_of_shanghai() -> None:
    forms = page(
        "财政项目支出绩效目标填报表",
        table(
            ["项目名称", ("社区中心新建", 2, 1), "项目性质", "阶段性项目", "项目类别", "一次性项目"],
            ["计划开始日期", ("2031-01-01", 2, 1), "计划完成日期", ("2031-12-31", 3, 1)],
            [("项目资金（元）", 1, 4), "项目资金总额", "4,100,000.00", ("年度资金申请总额", 2, 1), ("4,100,000.00", 2, 1)],
            [("其中：财政资金", 1, 2), ("4,100,000.00", 1, 2), ("其中：当年财政拨款", 2, 1), ("4,000,000.00", 2, 1)],
            [("上年结转资金", 2, 1), ("100,000.00", 2, 1)],
            ["其他资金", "0.00", ("其他资金", 2, 1), ("0.00", 2, 1)],
            [("项目绩效目标", 1, 2), ("项目总目标", 2, 1), ("年度总体目标", 4, 1)],
            [("建成后为居民服务。", 2, 1), ("完成主体结构。", 4, 1)],
            [("绩效指标", 1, 3), "一级指标", "二级指标", ("三级指标", 2, 1), ("年度(/项目)指标值", 2, 1)],
            [("产出指标", 1, 2), "数量指标", ("建筑面积", 2, 1), ("≥13459.00(平方米)", 2, 1)],
            ["成本指标", ("预算内经费", 2, 1), ("合规", 2, 1)],
        ),
    )  # fmt: skip
    (form,) = forms.forms
    assert (form.property, form.category) == ("阶段性项目", "一次性项目")
    assert (str(form.starts_on), str(form.ends_on)) == ("2031-01-01", "2031-12-31")
    assert (form.period_goal, form.annual_goal) == ("建成后为居民服务。", "完成主体结构。")
    amounts = {(row.horizon, row.source): row.amount_yuan for row in forms.funding}
    assert amounts == {
        ("period", "total"): 4_100_000,
        ("annual", "total"): 4_100_000,
        ("period", "fiscal"): 4_100_000,
        ("annual", "fiscal"): 4_000_000,
        ("annual", "carry_over"): 100_000,
        ("period", "other"): 0,
        ("annual", "other"): 0,
    }
    first, second = forms.indicators
    assert (first.comparator, first.value_min, first.unit) == (">=", 13459, "平方米")
    assert said(second) == ("产出指标", "成本指标", "预算内经费", "合规")
    assert forms.unrecognised == []


def test_a_target_in_three_columns_below_one_heading() -> None:
    forms = page(
        TITLE,
        table(
            ["项目名称", ("甲项目", 6, 1)],
            [("绩效指标", 1, 5), ("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 3, 1)],
            ["指标性质", "指标值", "度量单位"],
            [("产出指标", 1, 2), "数量指标", "次数", "≥", "3", "次"],
            ["质量指标", "合格率", "≥", "98", "%"],
            ["效益指标", "社会效益指标", "影响", "定性", "良好", ""],
        ),
    )  # fmt: skip
    assert [(i.level2, i.value_text) for i in forms.indicators] == [
        ("数量指标", "≥3次"),
        ("质量指标", "≥98%"),
        ("社会效益指标", "良好"),
    ]
    assert forms.unrecognised == []


def test_a_row_for_each_indicator_with_the_projects_beside_them() -> None:
    forms = page(
        "部门预算项目支出绩效目标表",
        "<p>单位：万元</p>",
        table(
            ["单位名称", "项目名称", "预算金额", "年度绩效目标", "一级指标", "二级指标", "三级指标", "绩效指标性质", "绩效指标值", "绩效度量单位", "权重"],
            [("某县档案馆", 1, 4), ("数字化", 1, 2), ("120.00", 1, 2), ("五千卷", 1, 2), "产出指标", "数量指标", "卷数", "≥", "5000", "卷", "60"],
            ["效益指标", "社会效益指标", "查询效率", "定性", "高", "", "30"],
            [("征集", 1, 2), ("30.50", 1, 2), ("百件", 1, 2), "产出指标", "数量指标", "件数", "≥", "100", "件", "60"],
            ["成本指标", "经济成本指标", "总成本", "≤", "30.5", "万元", "30"],
        ),
    )  # fmt: skip
    assert [
        (f.project_name, f.implementing_unit, f.annual_total_yuan, f.annual_goal)
        for f in forms.forms
    ] == [
        ("数字化", "某县档案馆", 1_200_000, "五千卷"),
        ("征集", "某县档案馆", 305_000, "百件"),
    ]
    assert [(i.form_no, i.level1, i.level3, i.value_text, i.weight) for i in forms.indicators] == [
        (1, "产出指标", "卷数", "≥5000卷", 60),
        (1, "效益指标", "查询效率", "高", 30),
        (2, "产出指标", "件数", "≥100件", 60),
        (2, "成本指标", "总成本", "≤30.5万元", 30),
    ]
    assert forms.unrecognised == []


def test_projects_go_on_below_a_header_with_other_columns() -> None:
    fields, labels = "单位名称|项目名称", "一级指标|二级指标|三级指标"
    forms = read(
        f"{fields}|{labels}|指标值",
        "某馆|甲|产出指标|数量指标|件数|≥3件",
        f"{fields}|{labels}|权重|指标值",
        "|||质量指标|合格率|20|≥98%",
        "某馆|乙|产出指标|数量指标|卷数|10|≥5卷",
        f"项目名称|{labels}|指标值",
        "丙|产出指标|数量指标|册数|≥6册",
    )
    assert [form.project_name for form in forms.forms] == ["甲", "乙", "丙"]
    assert [(i.form_no, i.level3, i.value_text, i.weight) for i in forms.indicators] == [
        (1, "件数", "≥3件", None),
        (1, "合格率", "≥98%", 20),
        (2, "卷数", "≥5卷", 10),
        (3, "册数", "≥6册", None),
    ]
    assert forms.unrecognised == []


def test_two_halves_may_have_columns_beside_their_targets() -> None:
    forms = read(
        "项目名称|甲项目",
        "绩效指标|一级指标|二级指标|三级指标|指标值|权重|二级指标|三级指标|指标值",
        "|产出指标|数量指标|次数|≥6次|30|数量指标|次数|≥3次",
    )
    assert [(i.horizon, i.value_text, i.weight) for i in forms.indicators] == [
        ("period", "≥6次", 30),
        ("annual", "≥3次", None),
    ]


def test_one_name_may_have_a_target_for_each_horizon() -> None:
    forms = read(
        "项目名称|甲项目",
        "绩效指标|一级指标|二级指标|三级指标|实施期指标值|年度指标值",
        "|产出指标|数量指标|次数|≥6次|≥3次",
    )
    assert [(i.horizon, i.value_text) for i in forms.indicators] == [
        ("period", "≥6次"),
        ("annual", "≥3次"),
    ]


def test_text_in_display_columns_is_read_by_its_headings() -> None:
    text = """项目名称        购书项目
项目资金（万元）    年度资金总额：    60.00    执行率分值（10）
                    其中：财政拨款    50.00
绩效指标    一级指标    二级指标    三级指标    指标值    分值权重（90）
            产出指标    数量指标    新购图书    ≥3000册    30
                        质量指标    验收合格率  ≥99%       20
            效益指标    社会效益指标  到馆人次    ≥8万人次   30
            满意度指标  服务对象满意度指标  读者满意度  ≥92%   10"""
    forms = read(*text.splitlines(), layout="spaced")
    assert [said(row) for row in forms.indicators] == NAMES
    assert [row.weight for row in forms.indicators] == [30, 20, 30, 10]
    assert {(row.horizon, row.source) for row in forms.funding} == {
        ("annual", "total"),
        ("annual", "fiscal"),
    }
    assert forms.unrecognised == []


@pytest.mark.parametrize(
    "title",
    [
        "2031年政府采购预算表",
        "某某情况表（单位：万元）",
        "政府采购表",
        "部门政府采购预算",
        "政府采购预算</p><p>部门：某县图书馆",
        "部门收支总体情况",
    ],
)
def test_a_table_below_a_form_is_none_of_it(title: str) -> None:
    rows = [["项目名称", "甲", "", "", ""], HEADER.split("|")[:5], ["", *NAMES[0]]]
    forms = page(
        TITLE,
        table(*rows),
        f"<p>{title}</p><p>单位：万元</p>",
        table(["采购项目", "采购品目", "金额"], ["办公设备", "台式机", "12.50"]),
    )
    assert [said(row) for row in forms.indicators] == NAMES[:1]
    assert forms.unrecognised == []


def test_a_numbered_heading_below_the_table_of_a_form_ends_it() -> None:
    rows = [["项目名称", "甲", "", "", ""], HEADER.split("|")[:5], ["", *NAMES[0]]]
    forms = page(
        TITLE, table(*rows), "<p>六、政府采购预算情况</p><p>2031年安排政府采购12.50万元。</p>"
    )
    assert [said(row) for row in forms.indicators] == NAMES[:1]
    assert forms.unrecognised == []


def test_a_table_without_a_title_below_its_caption_is_none_of_the_form_above() -> None:
    rows = [["项目名称", "甲", "", "", ""], HEADER.split("|")[:5], ["", *NAMES[0]]]
    other = table(
        ["项目名称", "采购物品名称", "", "", "采购金额"], ["甲", "农业机械", "", "", "50.75"]
    )
    forms = page(TITLE, table(*rows), f"<p>具体内容如下：</p><p>单位：万元</p>{other}")
    assert [form.project_name for form in forms.forms] == ["甲"]
    assert [said(row) for row in forms.indicators] == NAMES[:1]
    assert len(forms.unrecognised) == 1  # the line between them


def test_a_form_goes_on_below_the_unit_of_money_that_a_page_repeats() -> None:
    rows = [["项目名称", "甲", "", "", ""], HEADER.split("|")[:5], ["", *NAMES[0]]]
    forms = page(TITLE, table(*rows), f"<p>单位：万元</p>{table(['', *NAMES[3]])}")
    assert [said(row) for row in forms.indicators] == [NAMES[0], NAMES[3]]


def test_a_form_goes_on_in_the_tables_below_its_numbered_headings() -> None:
    forms = page(
        TITLE,
        table(["项目名称", "甲"]),
        "<p>二、年度目标</p>",
        table(["年度目标", "新购图书三千册。"]),
        "<p>三、绩效指标</p><p>单位：万元</p>",
        table(HEADER.split("|")[1:5], list(NAMES[0])),
    )
    assert "新购图书三千册。" in (forms.forms[0].annual_goal or "")
    assert [said(row) for row in forms.indicators] == NAMES[:1]


def test_the_levels_may_stand_below_their_common_heading() -> None:
    forms = page(
        TITLE,
        table(
            ["项目名称", ("甲项目", 4, 1)],
            [("绩效指标", 3, 1), ("年度指标值", 1, 2), ("权重（%）", 1, 2)],
            ["一级指标", "二级指标", "三级指标"],
            ["产出指标", "数量指标", "次数", "≥3次", "60"],
        ),
    )
    assert [(i.level3, i.value_text, i.weight) for i in forms.indicators] == [("次数", "≥3次", 60)]
    assert forms.unrecognised == []


@pytest.mark.parametrize(
    ("title", "is_form"),
    [
        ("部门整体支出绩效目标表", True),
        ("部门（单位）整体绩效目标表", True),
        ("单位整体绩效目标申报表", True),
        ("项目支出绩效自评表", True),
        ("预算绩效目标表", True),
        ("专项资金绩效目标表", True),
        ("重点项目绩效目标表", True),
        ("绩效目标表", True),
        ("附件3：2041年度某县图书馆项目支出绩效目标公开表（一）", True),
        ("省对下转移支付绩效目标表", True),
        ("财政项目支出绩效目标填报表（2031年度）", True),
        ("项目支出绩效目标表 单位：万元", True),
        ("项目支出绩效目标汇总表", False),
        ("详见单位的项目绩效目标表", False),
        ("注：见绩效目标表", False),
        ("部门支出总表", False),
        ("一、绩效目标设置情况", False),
    ],
)
def test_the_titles_of_forms(title: str, is_form: bool) -> None:
    assert bool(patterns("sections")["form_title"].fullmatch(label_key(title))) == is_form


def test_level_2_may_be_called_as_level_1_and_subtotals_are_no_total() -> None:
    forms = read(
        "项目名称|甲项目",
        "绩效指标|一级指标|二级指标|三级指标|指标目标值|指标实际完成值|权重|得分",
        "|满意度指标|满意度指标|群众满意度|≥90%|93%|10|10",
        "|小计|||||10|10",
        "总分||||||100|98.5",
        title="项目支出绩效自评表",
    )
    assert [said(row) for row in forms.indicators] == [
        ("满意度指标", "满意度指标", "群众满意度", "≥90%")
    ]
    assert forms.forms[0].score == 98.5
    assert forms.unrecognised == []


@pytest.mark.parametrize("title", ["附表十四", "年度绩效情况"])
def test_a_form_without_its_title_is_known_by_the_header_of_its_grid(title: str) -> None:
    forms = page(
        title,
        table(
            ["项目名称", ("甲项目", 4, 1)],
            ["项目资金（万元）", "年度资金总额：", "5.00", "", ""],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
            ["", "产出指标", "数量指标", "次数", "≥3次"],
        ),
    )
    (form,) = forms.forms
    assert (form.project_name, form.annual_total_yuan) == ("甲项目", 50_000)
    assert [row.level3 for row in forms.indicators] == ["次数"]


@pytest.mark.parametrize("layout", ["tabbed", "spaced"])
@pytest.mark.parametrize(
    ("title", "above", "label", "document", "yuan"),
    [
        (TITLE, "", "项目资金（万元）", "元", 600_000),
        (TITLE, "单位：万元", "项目资金", None, 600_000),
        (TITLE + "单位：万元", "", "项目资金", None, 600_000),
        (TITLE, "", "项目资金", "万元", 600_000),
        (TITLE, "", "项目资金", None, 60),
    ],
)
def test_the_unit_of_money(  # one argument for each place that may say it
    layout: str, title: str, above: str, label: str, document: str | None, yuan: int
) -> None:
    rows = [above, "项目名称|甲", f"{label}|实施期资金总额：|60|年度资金总额：|60"]
    text = "\n".join([title, *rows]).replace("|", "\t" if layout == "tabbed" else "  ")
    first, *rest = number_lines(text)
    section = Section("form", title, first, first.no, tuple(line for line in rest if line.text))
    (form,) = read_forms("d", layout, [section], document).forms
    assert form.annual_total_yuan == yuan


@pytest.mark.parametrize(
    "rows",
    [
        ("项目资金（万元）：|年度资金总额：|60",),
        ("项目资金|年度资金总额（万元）：|60",),
        ("项目资金|资金总额（万元）：60",),
        ("项目资金||年初预算数（万元）|全年预算数（万元）", "|年度资金总额|60|50"),
    ],
)
def test_any_label_or_heading_of_the_funding_grid_may_say_the_unit_of_money(
    rows: tuple[str, ...],
) -> None:
    assert read("项目名称|甲", *rows).forms[0].annual_total_yuan == 600_000


def test_goals_and_evaluation_of_a_project_are_two_forms() -> None:
    goals = ("项目名称|购书项目", HEADER, FOUR[0])
    results = (
        "项目名称|购书项目",
        "绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值",
        "|产出指标|数量指标|新购图书|≥3000册|3100册",
    )
    forms = read(*goals, *results)
    assert [form.form_kind for form in forms.forms] == ["project_goals", "self_evaluation"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("||质量指标||≥99%|20", "cells that contradict the headings above them"),
        ("||质量指标|合格率|≥99%|很重要", "cells that contradict the headings above them"),
        ("||质量指标|合格率|≥99%|20|7", "a cell below no heading"),
        ("||管理指标|合格率|≥99%|20|", "a row with more or fewer cells than its header"),
        ("|质量指标|≥99%|20", "cells that contradict the headings above them"),
        ("||质量指标|合格率|20", "a row with more or fewer cells than its header"),
        ("|||见附件||", "no indicator of the grid"),
    ],
)
def test_what_its_headings_do_not_explain_is_reported(row: str, reason: str) -> None:
    forms = read("项目名称|购书项目", HEADER, FOUR[0], row)
    assert [(no, str(message).split(" / ")[0]) for no, message in forms.unrecognised] == [
        (5, reason)
    ]
    assert said(forms.indicators[0]) == NAMES[0]


@pytest.mark.parametrize(
    "row",
    [
        "|质量指标|合格率|≥99%|20|",
        "质量指标|合格率|≥99%|20",
        "|||质量指标|合格率|≥99%|20",
        "|产出指标|质量指标||合格率|≥99%|20",
        "||质量指标|合格率|≥99%|20|",
    ],
)
def test_a_row_that_lost_or_gained_a_blank_cell_is_read_in_its_order(row: str) -> None:
    forms = read("项目名称|购书项目", HEADER, FOUR[0], row)
    assert said(forms.indicators[1]) == ("产出指标", "质量指标", "合格率", "≥99%")
    assert forms.indicators[1].weight == 20
    assert forms.unrecognised == []


def test_a_column_of_an_unknown_heading_is_reported_once() -> None:
    header = HEADER.replace("分值权重（90）", "考核人")
    forms = read("项目名称|购书项目", header, *FOUR)
    assert [(no, str(message).split(" / ")[0]) for no, message in forms.unrecognised] == [
        (4, "a column of indicators with an unknown heading: 考核人")
    ]
    assert [said(row) for row in forms.indicators] == NAMES


COLUMNS = {
    "指标值": st.sampled_from(["≥3次", "98%", "良好", "10月前", "≤5万元"]),
    "权重": st.sampled_from(["10", "20", "5.5"]),
    "实际完成值": st.sampled_from(["3次", "97%", "一般"]),
    "得分": st.sampled_from(["10", "9.75"]),
    "备注": st.sampled_from(["", "按月"]),
}
LABELS = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]


@st.composite
def grids(draw: st.DrawFn) -> tuple[list[list[str]], list[Said]]:
    """A header with columns in any order, and rows below it with what they say."""
    others = draw(st.permutations(list(COLUMNS)))
    kept = ["指标值", *draw(st.sets(st.sampled_from(others)))]
    columns = [name for name in others if name in kept]
    rows, expected = [["绩效指标", "一级指标", "二级指标", "三级指标", *columns]], []
    names = draw(st.lists(st.sampled_from(["培训场次", "设备台数", "印制册数", "走访户次"]), min_size=1, max_size=4, unique=True))  # fmt: skip
    above = ("", "")
    for name, label in zip(names, LABELS, strict=False):
        cells = {column: draw(COLUMNS[column]) for column in columns}
        level1 = "" if label[0] == above[0] else label[0]
        rows.append(["", level1, label[1], name, *cells.values()])
        expected.append((*label, name, cells["指标值"]))
        above = label
    return rows, expected


@given(grids())
def test_whatever_the_columns_each_is_what_its_heading_says(
    made: tuple[list[list[str]], list[Said]],
) -> None:
    rows, expected = made
    forms = read("项目名称|甲", *("|".join(row) for row in rows))
    assert [said(row) for row in forms.indicators] == expected
    assert forms.unrecognised == []


@given(grids(), st.data())
def test_a_row_that_lost_or_gained_a_cell_is_right_or_reported(
    made: tuple[list[list[str]], list[Said]], data: st.DataObject
) -> None:
    rows, expected = made
    number = data.draw(st.integers(1, len(rows) - 1))
    place = data.draw(st.integers(0, len(rows[number]) - 1))
    if data.draw(st.booleans()):
        del rows[number][place]
    else:
        rows[number].insert(place, "")
    forms = read("项目名称|甲", *("|".join(row) for row in rows))
    reported = {line_no for line_no, _ in forms.unrecognised}
    # The rows below may take the level of the one that slipped.
    right = {row[2:] for row in expected}
    wrong = [row for row in forms.indicators if said(row)[2:] not in right]
    assert {row.line_no for row in wrong} <= reported
    assert len(forms.indicators) + len(reported) >= len(expected)


SHANGHAI = (
    "项目名称：|购书项目|项目类别：|经常性项目",
    "是否含有政府购买服务：|否|计划开始日期：|2041-01-01",
    "项目总预算（元）：|1,200,000|项目当年预算（元）：|600,000",
    "同名项目上年预算额（元）：|500,000|同名项目上年预算执行数（元）：|480,000",
    "项目总目标：|新购图书六千册||",
    "年度绩效目标：|新购图书三千册||",
)


def amounts(forms: Forms) -> list[tuple[str, str, Decimal]]:
    return sorted((row.horizon, row.source, row.amount_yuan) for row in forms.funding)


def test_the_budgets_of_a_project_and_of_its_year_are_totals() -> None:
    forms = read(*SHANGHAI, HEADER, *FOUR)
    assert amounts(forms) == [
        ("annual", "total", Decimal(600_000)),
        ("period", "total", Decimal(1_200_000)),
    ]
    assert forms.unrecognised == []


@pytest.mark.parametrize("label", ["项目金额（万元）", "预算金额（万元）", "项目预算金额（万元）"])
def test_an_amount_beside_a_field_is_the_years_where_nothing_says_another(label: str) -> None:
    forms = read(
        "项目名称|购书项目|||||", f"预算单位|某县图书馆||{label}|60.00|", "年度目标|新购图书三千册||||", HEADER, *FOUR
    )  # fmt: skip
    assert amounts(forms) == [("annual", "total", Decimal(600_000))]
    assert forms.forms[0].implementing_unit == "某县图书馆"
    assert forms.unrecognised == []


def test_the_unit_of_money_may_be_the_end_of_a_label_that_wraps() -> None:
    forms = read(
        "项目名称|购书项目|||", "项目资金|年度资金总额：|60.00||", "（万元）|其中：财政拨款|60.00||", HEADER, *FOUR
    )  # fmt: skip
    assert amounts(forms) == [
        ("annual", "fiscal", Decimal(600_000)),
        ("annual", "total", Decimal(600_000)),
    ]
    assert forms.unrecognised == []


def test_a_form_in_display_columns_with_one_half_is_read_by_its_headings() -> None:
    forms = read(
        "项目名称        购书项目",
        "主管部门        某县文化局                实施单位        某县图书馆",
        "项目资金        年度资金总额：  60.00",
        "（万元）        其中：财政拨款  60.00",
        "年度总体目标    新购图书三千册。",
        "绩效指标        一级指标      二级指标              三级指标      指标值",
        "                产出指标      数量指标              新购图书      ≥3000册",
        "                              质量指标              验收合格率    ≥99%",
        "                满意度指标    服务对象满意度指标    读者满意度    ≥92%",
        layout="spaced",
    )
    assert [said(row) for row in forms.indicators] == [NAMES[0], NAMES[1], NAMES[3]]
    assert forms.forms[0].annual_goal == "新购图书三千册。"
    assert [row[:2] for row in amounts(forms)] == [("annual", "fiscal"), ("annual", "total")]


def test_a_column_of_amounts_and_one_of_the_years_weights_beside_the_grid() -> None:
    forms = read(
        "单位名称|项目名称|项目金额（万元）|一级指标|二级指标|三级指标|指标值|本年权重",
        "某县图书馆|购书项目|60.00|产出指标|数量指标|新购图书|≥3000册|50",
        "|||效益指标|社会效益指标|到馆人次|≥8万人次|40",
    )
    assert amounts(forms) == [("annual", "total", Decimal(600_000))]
    assert [row.weight for row in forms.indicators] == [50, 40]
    assert forms.unrecognised == []


def test_numbered_names_below_no_header_lose_their_numbers() -> None:
    forms = read(
        "项目名称|购书项目||",
        "产出指标|数量指标|指标1：新购图书|≥3000册",
        "||指标2：更新期刊|≥200种",
    )
    assert [row.level3 for row in forms.indicators] == ["新购图书", "更新期刊"]


@pytest.mark.parametrize("layout", ["tabbed", "spaced"])
def test_levels_may_be_called_goals(layout: str) -> None:
    rows: tuple[str, ...] = (
        "项目名称：|购书项目||",
        "年度绩效目标：|新购图书三千册。||",
        "一级目标|二级目标|三级目标|指标目标值",
        "产出目标|数量|新购图书|≥3000册",
        "效果目标|满意度|读者满意度|≥92%",
        "影响力目标|长效管理|机制健全性|健全",
    )
    if layout == "spaced":
        rows = tuple("".join(cell.ljust(32 - len(cell)) for cell in row.split("|")) for row in rows)
    forms = read(*rows, layout=layout)
    assert [said(row) for row in forms.indicators] == [
        ("产出指标", "数量指标", "新购图书", "≥3000册"),
        ("效益指标", "满意度指标", "读者满意度", "≥92%"),
        ("影响力目标", "长效管理", "机制健全性", "健全"),
    ]
    assert {row.horizon for row in forms.indicators} == {"annual"}
    assert forms.forms[0].annual_goal == "新购图书三千册。"
    assert forms.unrecognised == []


def test_headings_of_which_too_few_are_known_end_no_goal() -> None:
    forms = read(
        "项目名称|购书项目||", "年度目标|新购图书三千册。||", "一级目标|二级目标|目标值|备注"
    )
    assert forms.forms[0].annual_goal == "新购图书三千册。"
    assert [line_no for line_no, _ in forms.unrecognised] == [4]


@pytest.mark.parametrize(
    "headings",
    ["指标值（上半年）|指标值（全年）", "半年（程）指标值|年度指标值", "全年指标值|1-6月指标值"],
)
def test_a_target_of_a_part_of_the_year_is_reported_and_not_the_years(headings: str) -> None:
    year, half = "≥600家次", "≥300家次"
    values = f"{year}|{half}" if headings.startswith("全年") else f"{half}|{year}"
    forms = read(
        "项目名称|甲项目",
        f"一级指标|二级指标|三级指标|{headings}",
        f"产出指标|数量指标|检查企业家次|{values}",
    )
    assert [(i.horizon, i.value_text) for i in forms.indicators] == [("annual", year)]
    ((line_no, reason),) = forms.unrecognised
    assert (line_no, "unknown heading" in str(reason)) == (4, True)


def test_a_target_of_a_part_of_the_year_below_a_common_heading() -> None:
    forms = page(
        TITLE,
        table(
            ["项目名称", ("甲项目", 4, 1)],
            [("一级指标", 1, 2), ("二级指标", 1, 2), ("三级指标", 1, 2), ("指标值", 2, 1)],
            ["上半年", "全年"],
            ["产出指标", "数量指标", "检查企业家次", "≥300家次", "≥600家次"],
        ),
    )
    assert [i.value_text for i in forms.indicators] == ["≥600家次"]
    assert len(forms.unrecognised) == 1


@pytest.mark.parametrize("headings", ["指标值|年度指标值", "年度指标值|指标值"])
def test_of_two_targets_that_of_the_year_is_kept(headings: str) -> None:
    values = "|".join("≥6次" if "年度" in heading else "≥9次" for heading in headings.split("|"))
    forms = read(
        "项目名称|甲项目",
        f"一级指标|二级指标|三级指标|{headings}",
        f"产出指标|数量指标|检查|{values}",
    )
    assert [i.value_text for i in forms.indicators] == ["≥6次"]
    assert [line_no for line_no, _ in forms.unrecognised] == [4]


def test_an_amount_of_a_part_of_the_year_is_not_the_years() -> None:
    forms = read(
        "项目名称|甲项目||||",
        "项目资金（万元）||年初预算数|执行数（上半年）|全年执行数",
        "|年度资金总额|10.00|3.00|9.00",
    )
    assert {row.basis: row.amount_yuan for row in forms.funding} == {
        "budget": 100_000,
        "actual": 90_000,
    }
    assert [line_no for line_no, _ in forms.unrecognised] == [4]


@pytest.mark.parametrize(
    "label",
    ["预算资金（万元）", "年度预算执行情况（万元）", "资金执行（万元）", "项目资金（万元）"],
)
def test_headings_of_amounts_begin_the_funding_whatever_stands_beside_them(label: str) -> None:
    forms = read(
        "项目名称|购书项目|||||",
        f"{label}|年初预算数|预算数（全年预算数）|执行数（全年执行数）|分值|执行率",
        "年度资金总额|10.00|9.00|8.10|10|90.00%",
    )
    assert {row.basis: row.amount_yuan for row in forms.funding} == {
        "budget": 100_000,
        "adjusted_budget": 90_000,
        "actual": 81_000,
    }
    assert forms.unrecognised == []


def test_the_budget_may_be_the_total_beside_its_sources() -> None:
    forms = read(
        "项目名称|购书项目||||",
        "预算规模及资金用途（万元）|预算数|40.00|其中：财政资金|35.00|其他资金",
    )
    assert amounts(forms) == [
        ("annual", "fiscal", Decimal(350_000)),
        ("annual", "total", Decimal(400_000)),
    ]
    assert forms.unrecognised == []
