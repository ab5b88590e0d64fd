"""Disclosures of invented units, as many as wanted: both layouts, thirteen tables, prose and forms whose figures agree.

    .venv/bin/python benchmarks/generator.py 1000 FOLDER

The same number gives the same documents. About 20 KB each; no name or amount is that of a real unit.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

Row = Sequence[str]

PLACES = "青禾 临泽 望川 云岭 松陵 安澜 怀远 长宁 清源 碧江 北塬 南浦 东屏 西川 平澜 高岭".split()
FIELDS = {
    "审计": ("201", "20108", "2010801", "2010804"), "教育": ("205", "20501", "2050101", "2050199"),
    "水务": ("213", "21303", "2130301", "2130305"), "应急管理": ("224", "22401", "2240101", "2240106"),
    "交通运输": ("214", "21401", "2140101", "2140106"), "文化旅游": ("207", "20701", "2070101", "2070199"),
}  # fmt: skip
NAMES = {
    "201": "一般公共服务支出", "20108": "审计事务", "2010801": "行政运行", "2010804": "审计业务", "205": "教育支出",
    "20501": "教育管理事务", "2050101": "行政运行", "2050199": "其他教育管理事务支出", "213": "农林水支出", "21303": "水利",
    "2130301": "行政运行", "2130305": "水利工程建设", "224": "灾害防治及应急管理支出", "22401": "应急管理事务",
    "2240101": "行政运行", "2240106": "安全监管", "214": "交通运输支出", "21401": "公路水路运输", "2140101": "行政运行",
    "2140106": "公路养护", "207": "文化旅游体育与传媒支出", "20701": "文化和旅游", "2070101": "行政运行",
    "2070199": "其他文化和旅游支出", "208": "社会保障和就业支出", "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出", "210": "卫生健康支出", "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗", "221": "住房保障支出", "22102": "住房改革支出", "2210201": "住房公积金",
}  # fmt: skip
CATEGORIES = (
    "一般公共服务支出 外交支出 国防支出 公共安全支出 教育支出 科学技术支出 文化旅游体育与传媒支出 社会保障和就业支出 "
    "社会保险基金支出 卫生健康支出 节能环保支出 城乡社区支出 农林水支出 交通运输支出 资源勘探工业信息等支出 商业服务业等支出 "
    "金融支出 援助其他地区支出 自然资源海洋气象等支出 住房保障支出 粮油物资储备支出 国有资本经营预算支出 "
    "灾害防治及应急管理支出 预备费 其他支出 转移性支出 债务还本支出 债务付息支出 债务发行费用支出 抗疫特别国债安排的支出"
).split()
ORDINALS = "一 二 三 四 五 六 七 八 九 十".split()
WAGES = {"基本工资": "工资奖金津补贴", "津贴补贴": "工资奖金津补贴", "奖金": "工资奖金津补贴"}
INSURANCE = {
    "机关事业单位基本养老保险缴费": "社会保障缴费",
    "职工基本医疗保险缴费": "社会保障缴费",
    "住房公积金": "住房公积金",
}
GOODS = {
    "办公费": "办公经费",
    "印刷费": "办公经费",
    "差旅费": "办公经费",
    "培训费": "培训费",
    "公务用车运行维护费": "公务用车运行维护费",
}
SENTENCES = (
    "负责全市{field}领域行政许可、监督检查和综合执法工作，依法查处违法违规行为。", "指导县（市、区）{field}工作，负责专项资金的分配建议和监督使用。",
    "承担{field}行业统计调查、信息化建设和数据资源共享工作。", "拟订{field}相关规划、年度计划并组织实施。", "完成市委、市政府交办的其他任务。",
)  # fmt: skip
PROJECTS = (
    "数据平台运行维护",
    "专项业务工作经费",
    "基层人员业务培训",
    "老旧设施设备更新改造",
    "重点项目第三方技术服务",
)


class Unit:
    """A unit and year with its amounts, in hundredths of 万元, that add up."""

    def __init__(self, number: int) -> None:
        dice = self.dice = random.Random(number)
        self.layout = ("spaced", "tabbed")[number % 2]
        self.year = 2019 + number % 8
        self.field = dice.choice(list(FIELDS))
        self.name = f"{dice.choice(PLACES)}市{dice.choice(PLACES)}区{self.field}局"
        self.basic = {name: dice.randint(500, 40_000) for name in (*WAGES, *INSURANCE)}
        self.goods = {name: dice.randint(50, 3_000) for name in GOODS}
        self.projects = {
            f"{self.year}年{name}": dice.randint(500, 90_000) for name in dice.sample(PROJECTS, 3)
        }
        self.carried = (
            {f"{self.year - 1}年{dice.choice(PROJECTS)}尾款": dice.randint(100, 9_000)}
            if number % 3
            else {}
        )
        self.before = dice.randint(20_000, 200_000)

    def functions(self) -> dict[str, tuple[int, int]]:
        """Basic and project expenditure of this year's money by functional code, parents before their children."""
        codes = FIELDS[self.field]
        pension, medical, housing = (self.basic[name] for name in INSURANCE)
        running = sum(self.basic[name] for name in WAGES) + sum(self.goods.values())
        leaves = {codes[2]: (running, 0), codes[3]: (0, sum(self.projects.values())), "2080505": (pension, 0),
                  "2101101": (medical, 0), "2210201": (housing, 0)}  # fmt: skip
        every = {code[:n] for code in leaves for n in (3, 5, 7)}
        return {
            code: tuple(
                sum(v[i] for leaf, v in leaves.items() if leaf.startswith(code)) for i in (0, 1)
            )
            for code in sorted(every)
        }

    @property
    def basic_total(self) -> int:
        """Basic expenditure."""
        return sum(self.basic.values()) + sum(self.goods.values())

    @property
    def current(self) -> int:
        """This year's money."""
        return self.basic_total + sum(self.projects.values())

    @property
    def over(self) -> int:
        """What is carried over."""
        return sum(self.carried.values())


def wan(amount: int) -> str:
    """万元 with two decimals; nothing for nothing."""
    return f"{Decimal(amount) / 100:.2f}" if amount else ""


def percent(part: int, whole: int) -> str:
    """A share with two decimals."""
    return f"{Decimal(part) * 100 / whole:.2f}%"


def ordinal(n: int) -> str:
    """1 to 30 as Chinese numerals."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else ORDINALS[tens - 1] + "十") + (
        ORDINALS[ones - 1] if ones else ""
    )


def document(number: int) -> str:
    """The text of a document."""
    unit = Unit(number)
    between, blank = (" ", " ") if unit.layout == "spaced" else ("\t", "")
    lines: list[str] = []
    for page, part in enumerate(_parts(unit), start=1):
        for row in part:
            lines.append(
                row if isinstance(row, str) else between.join(cell or blank for cell in row)
            )
        lines.append(f"-{page}-" if unit.layout == "spaced" else "")
    return "\n".join(lines) + "\n"


def _parts(u: Unit) -> Iterator[list[str | Row]]:
    yield [u.name, f"{u.year}年度单位预算公开"]
    duties = [f"{n}.{u.dice.choice(SENTENCES).format(field=u.field)}" for n in range(1, 40)]
    yield ["第一部分 概况", "一、本单位职责", *duties]
    tables = list(_tables(u))
    yield [f"第二部分 {u.year}年单位预算报表", *tables[0]]
    yield from tables[1:]
    yield [f"第三部分 {u.year}年度单位预算情况说明", *_prose(u)]
    for name, amount in u.projects.items():
        yield list(_form(u, name, amount))
    yield ["第四部分 名词解释", "1.基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
           "2.项目支出：指在基本支出之外为完成特定任务和事业发展目标所发生的支出。"]  # fmt: skip


def _tables(u: Unit) -> Iterator[list[str | Row]]:
    by_code = u.functions()
    total, over = u.current + u.over, u.over
    own, project_code = FIELDS[u.field][0], FIELDS[u.field][3]
    amounts = {NAMES[code]: sum(v) for code, v in by_code.items() if len(code) == 3}
    carried = {NAMES[own]: over}
    funds = ("一般公共预算", "政府性基金预算", "国有资本经营预算", "财政专户管理资金", "单位资金")

    def head(no: int, title: str, *rows: Row) -> list[str | Row]:
        return [f"预算公开表{no}", f"{u.year}年{title}", f"单位名称：{u.name}", "单位：万元", *rows]

    rows: list[str | Row] = []
    for n, category in enumerate(CATEGORIES, start=1):
        left = (
            (f"{ordinal(n)}、{funds[n - 1]}", wan(u.current) if n == 1 else "")
            if n <= 5
            else ("", "")
        )
        now, before = amounts.get(category, 0), carried.get(category, 0)
        rows.append((*left, f"{ordinal(n)}、{category}", wan(now + before), wan(now), wan(before)))
    yield [*head(1, "预算收支总表", ("收入", "支出"), ("项目", f"{u.year}年", "项目", f"{u.year}年合计", "当年预算安排", "上年结转安排")), *rows,
           ("本年收入合计", wan(u.current), "本年支出合计", wan(total), wan(u.current), wan(over)),
           ("上年结转", wan(over), "年终结转", "", "", ""),
           ("收入总计", wan(total), "支出总计", wan(total), wan(u.current), wan(over))]  # fmt: skip

    def carried_of(code: str) -> int:
        return over if project_code.startswith(code) else 0

    columns = (
        "科目编码",
        "科目名称",
        "合计",
        "一般公共预算",
        "政府性基金",
        "国有资本经营预算",
        "财政专户管理资金",
        "单位资金",
        "上年结转",
    )
    yield [*head(2, "预算收入总表", ("项目", "本年收入"), columns), ("合计", *_after(u, wan(u.current), wan(u.current), "", "", "", "", wan(over))),
           *((code, NAMES[code], wan(sum(v)), wan(sum(v)), "", "", "", "", wan(carried_of(code))) for code, v in by_code.items())]  # fmt: skip
    spent = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
    yield [*head(3, "预算支出总表", ("项目", f"{u.year}年预算数"), spent), ("合计", *_after(u, wan(total), wan(u.basic_total), wan(total - u.basic_total))),
           *((code, NAMES[code], wan(sum(v) + carried_of(code)), wan(v[0]), wan(v[1] + carried_of(code))) for code, v in by_code.items())]  # fmt: skip
    rows = []
    for n, category in enumerate(CATEGORIES, start=1):
        left = (
            (f"{ordinal(n)}、{funds[n - 1]}", wan(u.current) if n == 1 else "")
            if n <= 3
            else ("", "")
        )
        both = amounts.get(category, 0) + carried.get(category, 0)
        rows.append((*left, f"{ordinal(n)}、{category}", wan(both), wan(both), "", ""))
    yield [*head(4, "财政拨款收支总表", ("收入", "支出"), ("项目", "金额", "项目", "金额"), ("", "", "", "小计", "一般公共预算", "政府性基金预算", "国有资本经营预算")), *rows,
           ("本年收入合计", wan(u.current), "本年支出合计", wan(total), wan(total), "", ""), ("上年财政拨款结转", wan(over), "年终结转", "", "", "", ""),
           ("一、一般公共预算", wan(over), "", "", "", "", ""), ("收入总计", wan(total), "支出总计", wan(total), wan(total), "", "")]  # fmt: skip
    yield [*head(5, "一般公共预算支出预算表（不含上年结转）", ("项目", f"{u.year}年预算数"), spent),
           ("合计", *_after(u, wan(u.current), wan(u.basic_total), wan(u.current - u.basic_total))),
           *((code, NAMES[code], wan(sum(v)), wan(v[0]), wan(v[1])) for code, v in by_code.items())]  # fmt: skip
    people, goods = sum(u.basic.values()), sum(u.goods.values())
    yield [*head(6, "一般公共预算安排基本支出分经济科目表（不含上年结转）", ("部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{u.year}年预算数"), ("", "", "合计", "人员经费", "公用经费")),
           ("合计", *_after(u, wan(people + goods), wan(people), wan(goods))), ("工资福利支出", *_after(u, wan(people), wan(people), "")),
           *((name, other, wan(u.basic[name]), wan(u.basic[name]), "") for name, other in {**WAGES, **INSURANCE}.items()),
           ("商品和服务支出", *_after(u, wan(goods), "", wan(goods))),
           *((name, other, wan(u.goods[name]), "", wan(u.goods[name])) for name, other in GOODS.items())]  # fmt: skip
    yield [
        *head(
            7,
            "政府性基金预算收入表（不含上年结转）",
            ("收入科目编码", "科目名称", "政府性基金收入预算"),
            ("合计", "", ""),
        ),
        "注：本表无数据",
    ]
    yield [
        *head(8, "政府性基金预算支出表（不含上年结转）", spent, ("合计", "", "")),
        "注：本表无数据",
    ]
    yield [
        *head(
            9,
            "国有资本经营预算收支预算表（不含上年结转）",
            ("收入科目编码", "科目名称", *spent),
            ("合计", "", ""),
        ),
        "注：本表无数据",
    ]
    vehicles = wan(u.goods["公务用车运行维护费"])
    three = ("合计", "一般公共预算", "政府性基金预算", "国有资本经营预算")
    yield [*head(10, "财政拨款安排“三公”经费支出预算表", ("项目", f"{u.year}年预算数"), ("", *three)), ("因公出国（境）费", "", "", "", ""),
           ("公务接待费", "", "", "", ""), ("公务用车购置及运行费", vehicles, vehicles, "", ""), ("①公务用车购置费", "", "", "", ""),
           ("②公务用车运行维护费", vehicles, vehicles, "", ""), ("合计", vehicles, vehicles, "", "")]  # fmt: skip
    yield [*head(11, "财政拨款安排机关运行经费预算表", ("单位名称", f"{u.year}年预算数"), ("", *three)),
           ("部门合计", wan(goods), wan(goods), "", ""), (u.name, wan(goods), wan(goods), "", "")]  # fmt: skip
    for no, title, projects in (
        (12, "项目支出预算表（本年预算）", u.projects),
        (13, "项目支出预算表（上年结转）", u.carried),
    ):
        more = ("财政专户管理资金", "单位资金") if no == 12 else ()
        blanks = [""] * (2 + len(more))
        body = [
            (name, wan(amount), wan(amount), *blanks)
            for name, amount in ((u.name, sum(projects.values())), *projects.items())
        ]
        yield [
            *head(
                no, title, ("项目名称", "合计", f"{u.year}年财政拨款", *more), ("", "", *three[1:])
            ),
            *(body if projects else [("合计", "", ""), "注：本表无数据"]),
        ]


def _after(u: Unit, *cells: str) -> Row:
    """The cells behind a name that covers two columns, which only a grid keeps apart."""
    return cells if u.layout == "spaced" else ("", *cells)


def _prose(u: Unit) -> Iterator[str]:
    total, y = u.current + u.over, u.year
    change, grown = total - u.before, f"{Decimal(abs(total - u.before)) * 100 / u.before:.2f}%"
    word = ("增加", "增长") if change >= 0 else ("减少", "下降")
    by_code = {NAMES[code]: sum(v) for code, v in u.functions().items() if len(code) == 3}
    goods, people = sum(u.goods.values()), sum(u.basic.values())
    yield "一、单位预算收支数据变动情况及原因"
    yield f"{y}年度预算收入总计{wan(total)}万元，其中：本年收入{wan(u.current)}万元，上年结转{wan(u.over) or '0.00'}万元，同比{word[0]}{wan(abs(change)) or '0.00'}万元，{word[1]}{grown}，主要原因是项目支出变化。"
    yield "二、收入预算情况说明"
    yield f"{y}年度预算收入{wan(total)}万元，主要包括一般公共预算拨款收入{wan(u.current)}万元，占收入预算的{percent(u.current, total)}；上年结转{wan(u.over) or '0.00'}万元，占收入预算的{percent(u.over, total)}。"
    yield "三、支出预算情况说明"
    yield f"{y}年度支出预算{wan(total)}万元，其中：基本支出{wan(u.basic_total)}万元，占支出总预算{percent(u.basic_total, total)}；项目支出{wan(total - u.basic_total)}万元，占支出总预算{percent(total - u.basic_total, total)}。"
    yield "五、一般公共预算支出情况说明"
    yield (
        f"{y}年度一般公共预算当年拨款{wan(u.current)}万元，主要用于以下方面："
        + "；".join(f"{name}{wan(a)}万元，占{percent(a, u.current)}" for name, a in by_code.items())
        + "。"
    )
    yield "六、一般公共预算基本支出情况说明"
    yield f"{y}年度一般公共预算基本支出{wan(u.basic_total)}万元，其中：人员经费{wan(people)}万元，公用经费{wan(goods)}万元。"
    yield "八、机关运行经费增减变动原因说明"
    yield f"{y}年度机关运行经费预算{wan(goods)}万元，比上年增加1.20万元，增长{percent(120, goods - 120) if goods > 120 else '0.00%'}，主要原因是人员增加。"
    yield "十、绩效管理情况"
    yield f"{y}年{u.name}纳入绩效目标管理的二级项目{len(u.projects)}个，共计金额{wan(sum(u.projects.values()))}万元。"


def _form(u: Unit, name: str, amount: int) -> Iterator[str | Row]:
    yuan = str(amount * 100)
    sources = ("中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")
    count, cost = u.dice.randint(2, 60), amount * 100
    yield f"{u.name}市级预算部门（单位）项目支出绩效目标表"
    yield f"（{u.year}年度）"
    yield ("项目名称", name)
    yield ("主管部门及代码", f"101-{u.name}", "实施单位", u.name)
    yield ("项目属性", "延续性项目", "项目期", "1年")
    yield ("项目资金（元）", "实施期资金总额：", yuan, "年度资金总额：", yuan)
    for source in sources:
        funds = yuan if source.startswith("市县") else "0"
        prefix = "其中：" if source == sources[0] else ""
        yield (
            *([""] if u.layout == "tabbed" else []),
            prefix + source,
            funds,
            prefix + source,
            funds,
        )
    yield (
        "项目概况",
        f"为保障{u.field}工作开展，需设立“{name}”项目{Decimal(amount) / 100:.2f}万元，用于设备维护、耗材更换和人员培训。",
    )
    yield ("立项依据", "市委办公室、市政府办公室《关于印发年度目标责任考核任务的通知》。")
    yield ("项目设立必要性", "项目实施可补齐短板、夯实基础，十分必要。")
    yield (
        "保证项目实施的制度、措施",
        "成立项目领导小组，严格执行合同管理、验收管理和资金支付审批制度。",
    )
    yield ("项目实施计划", "全年实施，按合同约定支付资金。")
    yield ("实施期目标", "年度目标")
    yield (
        "总体目标",
        "按时完成各项任务，资金使用安全规范。",
        "按时完成各项任务，资金使用安全规范。",
    )
    yield (
        "绩效指标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "二级指标",
        "三级指标",
        "指标值",
    )
    first = ("产出指标", "产出指标", "产出指标", "产出指标", "效益指标", "满意度指标")
    second = ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "服务对象满意度指标")
    third = ("培训人次", "验收合格率", "完成时限", "项目总成本", "服务能力提升", "服务对象满意度")
    values = (f"≥{count}人次", "≥98%", "12月底前", f"≤{cost}元", "提升", "≥90%")
    for level1, level2, level3, value in zip(first, second, third, values, strict=True):
        yield (
            *([""] if u.layout == "tabbed" else []),
            level1,
            level2,
            level3,
            value,
            level2,
            level3,
            value,
        )


def write_documents(count: int, folder: Path) -> None:
    """Write documents into a new folder, a subfolder for each fiscal year."""
    for number in range(count):
        path = folder / str(2019 + number % 8) / f"unit-{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document(number), encoding="utf-8")


if __name__ == "__main__":
    write_documents(int(sys.argv[1]), Path(sys.argv[2]))
