// How the page names what is known of an enterprise, and the words that correct it; `{}` stands for the value's name.
export const SLOTS = {
  "city": {"name": "城市", "say": "城市是{}", "values": {"nanjing": "南京", "yancheng": "盐城", "huaian": "淮安", "lianyungang": "连云港", "zhenjiang": "镇江", "other": "其他城市"}},
  "district": {"name": "区县", "say": "在{}", "values": {}},
  "tiers": {"name": "资质", "say": "资质：{}", "several": true, "values": {"innovative": "创新型中小企业", "provincial": "省级专精特新中小企业", "little_giant": "国家级专精特新“小巨人”", "champion": "国家制造业单项冠军", "none": "没有专精特新资质"}},
  "ownership": {"name": "企业性质", "say": "企业性质是{}", "values": {"private": "民营企业", "state": "国有企业", "foreign": "外资企业", "other": "其他"}},
  "size": {"name": "企业规模", "say": "企业规模是{}", "values": {"micro": "微型企业", "small": "小型企业", "medium": "中型企业", "large": "大型企业"}},
  "first_recognition": {"name": "首次获评", "say": "{}", "values": {"yes": "是首次获评", "no": "不是首次获评"}},
  "buys_computing": {"name": "智算服务", "say": "{}", "values": {"yes": "购买或打算购买智算服务", "no": "不买智算服务"}},
  "genai_filed": {"name": "大模型备案", "say": "{}", "values": {"yes": "完成了生成式人工智能大模型备案", "no": "没有做大模型备案"}},
  "needs_refinancing": {"name": "转贷", "say": "{}", "values": {"yes": "有贷款快到期要周转", "no": "没有贷款要周转"}},
  "foreign_trade": {"name": "进出口", "say": "{}", "values": {"yes": "有进出口业务", "no": "没有进出口业务"}},
  "leads_standard": {"name": "制定标准", "say": "{}", "values": {"international": "参与制定国际标准", "national": "参与制定国家标准", "none": "没有参与制定国际或国家标准"}},
  "key_technology_project": {"name": "技术攻关", "say": "{}", "values": {"yes": "承担国家关键核心技术攻关任务", "no": "没有承担国家关键核心技术攻关任务"}},
  "pilot_platform": {"name": "中试平台", "say": "{}", "values": {"yes": "参与建设中试平台", "no": "没有参与建设中试平台"}},
  "service_platform": {"name": "公共服务平台", "say": "{}", "values": {"yes": "新获评国家中小企业公共服务示范平台", "no": "不是国家中小企业公共服务示范平台"}},
  "first_set_product": {"name": "首台套等创新产品", "say": "{}", "values": {"yes": "有首台套、首批次、首版次或创新产品", "no": "没有首台套、首批次、首版次或创新产品"}}
};
