"""Canned replies of the pretended office, true to the documents they quote."""

from typing import Literal

from chains.reply import BenefitView, Citation, FindingView, Option, ProfileEntry, Question, Reason, Reply
from knowledge.document import Document
from knowledge.library import Library
from knowledge.profile import Source

from .hostile import hostile_reply
from .shelf import TODAY

Status = Literal["eligible", "conditional", "ineligible", "undetermined", "not_in_force"]

CITY = Question(
    slot="city",
    text="先看您在哪个市，各市政策不一样。",
    options=tuple(
        Option(id=id_, label=label)
        for id_, label in (
            ("nanjing", "南京"),
            ("yancheng", "盐城"),
            ("huaian", "淮安"),
            ("lianyungang", "连云港"),
            ("zhenjiang", "镇江"),
            ("other", "其他"),
        )
    ),
    multiple=False,
)
CHECKLIST = Question(
    slot="checklist",
    text="再勾一下就能定下其余几项（可多选）：",
    options=tuple(
        Option(id=id_, label=label)
        for id_, label in (
            ("buys_computing", "购买或打算购买智算服务"),
            ("needs_refinancing", "有贷款快到期要周转"),
            ("foreign_trade", "有进出口业务"),
            ("genai_filed", "完成了大模型备案"),
            ("leads_standard", "参与制定国际或国家标准"),
            ("key_technology_project", "承担国家关键核心技术攻关任务"),
            ("none", "都没有"),
            ("unknown", "其余不清楚"),
        )
    ),
    multiple=True,
)
PROFILE = {
    "city": ProfileEntry(value="nanjing", label="南京", source=Source.CHOSEN),
    "tiers": ProfileEntry(value=("provincial",), label="省级专精特新", source=Source.STATED),
    "ownership": ProfileEntry(value="private", label="民营", source=Source.STATED),
    "foreign_trade": ProfileEntry(value="no", label="否", source=Source.INFERRED),
}


class Answers:
    """What the office says to what it hears."""

    def __init__(self, library: Library) -> None:
        self._nanjing = library.documents["nanjing-measures"]
        self._zhenjiang = library.documents["zhenjiang-plan-2023-2025"]

    def to(self, text: str, choices: tuple[str, ...]) -> Reply:
        if "payload" in text:
            return hostile_reply()
        if "能申请什么" in text:
            return Reply(
                text=f"{CITY.text}\n也可以直接说，比如“南京，省级专精特新，民营”。", question=CITY, outcome="asked"
            )
        if choices and choices[0] in {option.id for option in CITY.options}:
            return self.broad()
        if choices:
            return self.settled()
        if "小巨人" in text and "镇江" in text:
            return self.expired()
        if "算力券" in text:
            return self.silent()
        if "更正" in text:
            return Reply(text=f"好的，已按您说的改过来：{text}", profile=PROFILE)
        if "表格" in text:
            return Reply(
                text="| 项目 | 奖励 |\n|---|---|\n| **小巨人** | 100万元 |\n\n1. 第一步\n2. 第二步", profile={}
            )
        return Reply(
            text="这个我帮不上。我能说清南京、盐城、淮安、连云港、镇江的专精特新政策。",
            abstained=True,
            suggestions=("我们能申请什么？", "南京有哪些奖励"),
        )

    def broad(self) -> Reply:
        whitelist = self._cite(
            1,
            self._nanjing,
            "2/6",
            "设立专精特新中小企业“融资白名单”，引导银行为企业开辟快速审批、快速办理的“绿色通道”",
        )
        card = self._cite(2, self._nanjing, "4/11", "为专精特新中小企业申办 APEC 商务旅行卡开辟绿色通道")
        titles = self._cite(3, self._nanjing, "5/12", "支持具备条件的专精特新中小企业试点开展中级以上职称自主评审")
        loans = self._cite(
            4, self._nanjing, "2/6", "支持专精特新中小企业享受年度累计 6000 万元额度的“零成本”民营企业转贷基金"
        )
        research = self._cite(
            5, self._nanjing, "1/1", "对承担国家关键核心技术攻关任务的专精特新中小企业给予最高 1000 万元资助"
        )
        giants = self._cite(
            6,
            self._nanjing,
            "2/5",
            "对首次获评的国家制造业单项冠军企业、国家专精特新“小巨人”企业分别给予300万元、100万元奖励",
        )
        title_met = Reason(
            condition="是专精特新中小企业（省级及以上）", state="met", slot="tiers", marker=1, fact="省级专精特新"
        )
        findings = (
            _finding(
                "whitelist", "融资白名单", "2/6", "eligible", "银行快速审批、快速办理的绿色通道", (title_met,), (1,)
            ),
            _finding(
                "apec-card",
                "APEC 商务旅行卡绿色通道",
                "4/11",
                "eligible",
                "申办 APEC 商务旅行卡走绿色通道",
                (title_met,),
                (2,),
            ),
            _finding(
                "title-self-review",
                "中级以上职称自主评审",
                "5/12",
                "conditional",
                "试点开展中级以上职称自主评审",
                (title_met, Reason(condition="“具备条件的”企业：文件没写具体条件", state="open", marker=3)),
                (3,),
            ),
            _finding(
                "refinancing-fund",
                "民营企业转贷基金",
                "2/6",
                "undetermined",
                "年度累计 6000 万元额度的“零成本”转贷",
                (
                    title_met,
                    Reason(condition="是民营企业", state="met", slot="ownership", fact="民营"),
                    Reason(condition="有贷款快到期要周转", state="unknown", slot="needs_refinancing"),
                ),
                (4,),
                amount=60_000_000,
                is_cap=True,
                period="year",
            ),
            _finding(
                "key-technology",
                "关键核心技术攻关资助",
                "1/1",
                "undetermined",
                "最高 1000 万元资助",
                (
                    title_met,
                    Reason(condition="承担国家关键核心技术攻关任务", state="unknown", slot="key_technology_project"),
                ),
                (5,),
                amount=10_000_000,
                is_cap=True,
            ),
            *(
                _finding(
                    f"graduate-rent-{number}",
                    f"高校毕业生租房补贴上浮（第 {number} 种情形）",
                    "5/13",
                    "ineligible",
                    "博士上浮至 2400 元/月",
                    (Reason(condition="是国家制造业单项冠军或国家专精特新“小巨人”", state="unmet", slot="tiers"),),
                    (),
                    amount=2400,
                    period="month",
                )
                for number in range(1, 8)
            ),
            _finding(
                "little-giant-award",
                "首次获评小巨人奖励",
                "2/5",
                "ineligible",
                "一次性奖励 100万元",
                (
                    Reason(
                        condition="是国家专精特新“小巨人”", state="unmet", slot="tiers", marker=6, fact="省级专精特新"
                    ),
                ),
                (6,),
                amount=1_000_000,
                period="once",
            ),
        )
        return Reply(
            text=(
                "记下了：南京 · 省级专精特新 · 民营。已经可以确定：\n"
                "**可以申请** 融资白名单（银行绿色通道）[1]、APEC 商务旅行卡绿色通道[2]\n"
                "**原则上可以，要主管部门认定** 中级以上职称自主评审：文件说的是“具备条件的”企业，没写具体条件[3]\n"
                "还有几项要看您的情况。"
            ),
            citations=(whitelist, card, titles, loans, research, giants),
            findings=findings,
            question=CHECKLIST,
            profile=PROFILE,
            suggestions=("算力券一张多少钱", "转贷基金怎么办"),
            as_of=TODAY.isoformat(),
        )

    def settled(self) -> Reply:
        return Reply(text="都记下了。眼下没有别的要问。", profile=PROFILE, as_of=TODAY.isoformat())

    def silent(self) -> Reply:
        voucher = self._cite(
            1, self._nanjing, "3/8", "发放“算力券”支持专精特新中小企业购买智算服务进行人工智能技术开发应用"
        )
        return Reply(
            text=(
                "文件没有写面额，也没有写比例和申领流程，只写了：发放“算力券”支持专精特新中小企业购买智算服务[1]。\n"
                "责任单位是**市工信局**，金额要向他们核实。"
            ),
            citations=(voucher,),
            abstained=True,
            suggestions=("我们能领算力券吗", "南京还有哪些支持"),
        )

    def expired(self) -> Reply:
        award = self._cite(1, self._zhenjiang, "4/2", "30万元", lifecycle="expired")
        finding = _finding(
            "zhenjiang-little-giant-award",
            "镇江市区小巨人奖励",
            "4/2",
            "not_in_force",
            "给予 30 万元奖励",
            (Reason(condition="在市区", state="unknown", slot="district"),),
            (1,),
            amount=300_000,
            period="once",
            document_id="zhenjiang-plan-2023-2025",
            otherwise="undetermined",
            lifecycle="expired",
        )
        return Reply(
            text=(
                "先说清楚：这份计划的期限是 2023-2025 年，**已经到期**，现在不能照此申请。\n"
                "计划里写的是：对市区首次认定的国家级专精特新小巨人企业给予 30 万元奖励[1]。只限市区、首次。\n"
                "是否有新的办法，请问镇江市工信局。"
            ),
            citations=(award,),
            findings=(finding,),
            as_of=TODAY.isoformat(),
        )

    @staticmethod
    def _cite(marker: int, document: Document, path: str, quote: str, lifecycle: str = "in_force") -> Citation:
        provision = document.provisions[path]
        place = document.locate(quote, path)
        assert place is not None, f"{document.id} {path} does not say {quote!r}"
        return Citation(
            marker=marker,
            document_id=document.id,
            document_title=document.record.title,
            provision=path,
            label=provision.label,
            heading=provision.heading,
            quote=quote,
            start=place[0],
            end=place[1],
            lifecycle=lifecycle,
        )


def _finding(
    what: str,
    title: str,
    provision: str,
    status: Status,
    benefit: str,
    reasons: tuple[Reason, ...],
    markers: tuple[int, ...],
    *,
    amount: int | None = None,
    is_cap: bool = False,
    period: Literal["once", "month", "year"] | None = None,
    document_id: str = "nanjing-measures",
    otherwise: Literal["undetermined"] | None = None,
    lifecycle: str = "in_force",
) -> FindingView:
    return FindingView(
        support_id=f"nanjing-{what}",
        title=title,
        document_id=document_id,
        provision=provision,
        kind="award",
        strength="grants",
        status=status,
        otherwise=otherwise,
        lifecycle=lifecycle,
        benefit=BenefitView(text=benefit, amount_cny=amount, is_cap=is_cap, period=period),
        reasons=reasons,
        open_points=("申报时间", "申报材料", "办理流程"),
        departments=("市工信局", "市财政局"),
        markers=markers,
    )
