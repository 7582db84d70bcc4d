-- A01  706165fd08fcc382
-- 帮扶项目资产原值（A01），单位：分（页面上以万元写），存量（截止日的数）；台账：帮扶项目资产台账；计算：sum(worth)；条件：全部记录；时间：形成日期（formed）；到处置日期（disposed）为止；原值为空的记录计入“缺项”，不估计；说明：截止日当天尚未处置的资产。
SELECT
  `sort` AS "by_sort",
  `level` AS "by_level",
  `place` AS "by_place",
  SUM(`worth`) AS "A01_claimed",
  SUM(`worth`) FILTER (WHERE `state` = 'confirmed') AS "A01_verified",
  COUNT(*) FILTER (WHERE `worth` IS NULL) AS "A01_missing",
  COUNT(*) AS "A01_entries"
FROM "assets"
GROUP BY `sort`, `level`, `place`;

-- A02  1b139455aac7851c
-- 帮扶项目资产（A02），单位：个，存量（截止日的数）；台账：帮扶项目资产台账；计算：count(*)；条件：全部记录；时间：形成日期（formed）；到处置日期（disposed）为止。
SELECT
  `sort` AS "by_sort",
  `level` AS "by_level",
  `place` AS "by_place",
  COUNT(*) AS "A02_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "A02_verified",
  0 AS "A02_missing",
  COUNT(*) AS "A02_entries"
FROM "assets"
GROUP BY `sort`, `level`, `place`;

-- A04  2748894242fa7581
-- 闲置的帮扶项目资产（A04），单位：个，存量（截止日的数）；台账：帮扶项目资产台账；计算：count(*)；条件：progress = 'idle'；时间：形成日期（formed）；到处置日期（disposed）为止；已包含在“帮扶项目资产”之内，不可相加。
SELECT
  `sort` AS "by_sort",
  `level` AS "by_level",
  `place` AS "by_place",
  COUNT(*) FILTER (WHERE `progress` = 'idle') AS "A04_claimed",
  COUNT(*) FILTER (WHERE (`progress` = 'idle') AND (`state` = 'confirmed')) AS "A04_verified",
  0 AS "A04_missing",
  COUNT(*) FILTER (WHERE `progress` = 'idle') AS "A04_entries"
FROM "assets"
GROUP BY `sort`, `level`, `place`;

-- C01  4e0b9e774734b003
-- 消费帮扶销售额（C01），单位：分（页面上以万元写），流量（一段时间内发生）；台账：消费帮扶台账；计算：sum(amount)；条件：全部记录；时间：月份（of_month）；金额为空的记录计入“缺项”，不估计；说明：东部直接采购与帮助销售之和；平台的总数只作核对，不计入。
SELECT
  `way` AS "by_way",
  `channel` AS "by_channel",
  `sort` AS "by_sort",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`amount`) AS "C01_claimed",
  SUM(`amount`) FILTER (WHERE `state` = 'confirmed') AS "C01_verified",
  COUNT(*) FILTER (WHERE `amount` IS NULL) AS "C01_missing",
  COUNT(*) AS "C01_entries"
FROM "sales"
GROUP BY `way`, `channel`, `sort`, substr(`of_month`, 1, 7), `place`;

-- C01D  f621203e90b8ed58
-- 东部直接采购（C01D），单位：分（页面上以万元写），流量（一段时间内发生）；台账：消费帮扶台账；计算：sum(amount)；条件：way = 'direct'；时间：月份（of_month）；金额为空的记录计入“缺项”，不估计；已包含在“消费帮扶销售额”之内，不可相加。
SELECT
  `way` AS "by_way",
  `channel` AS "by_channel",
  `sort` AS "by_sort",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`amount`) FILTER (WHERE `way` = 'direct') AS "C01D_claimed",
  SUM(`amount`) FILTER (WHERE (`way` = 'direct') AND (`state` = 'confirmed')) AS "C01D_verified",
  COUNT(*) FILTER (WHERE (`way` = 'direct') AND (`amount` IS NULL)) AS "C01D_missing",
  COUNT(*) FILTER (WHERE `way` = 'direct') AS "C01D_entries"
FROM "sales"
GROUP BY `way`, `channel`, `sort`, substr(`of_month`, 1, 7), `place`;

-- C01H  f6b5b6f59b53a478
-- 帮助销售（C01H），单位：分（页面上以万元写），流量（一段时间内发生）；台账：消费帮扶台账；计算：sum(amount)；条件：way = 'helped'；时间：月份（of_month）；金额为空的记录计入“缺项”，不估计；已包含在“消费帮扶销售额”之内，不可相加。
SELECT
  `way` AS "by_way",
  `channel` AS "by_channel",
  `sort` AS "by_sort",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`amount`) FILTER (WHERE `way` = 'helped') AS "C01H_claimed",
  SUM(`amount`) FILTER (WHERE (`way` = 'helped') AND (`state` = 'confirmed')) AS "C01H_verified",
  COUNT(*) FILTER (WHERE (`way` = 'helped') AND (`amount` IS NULL)) AS "C01H_missing",
  COUNT(*) FILTER (WHERE `way` = 'helped') AS "C01H_entries"
FROM "sales"
GROUP BY `way`, `channel`, `sort`, substr(`of_month`, 1, 7), `place`;

-- D01  2f6d93f653131760
-- 社会捐赠资金（D01），单位：分（页面上以万元写），流量（一段时间内发生）；台账：社会捐赠台账；计算：sum(cash)；条件：cash is not null；时间：捐赠日期（day）；捐赠资金为空的记录计入“缺项”，不估计；说明：社会各界的资金，不含财政资金，也不含物资折价。
SELECT
  `giver_sort` AS "by_giver_sort",
  `channel` AS "by_channel",
  substr(`day`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`cash`) FILTER (WHERE NOT (`cash` IS NULL)) AS "D01_claimed",
  SUM(`cash`) FILTER (WHERE (NOT (`cash` IS NULL)) AND (`state` = 'confirmed')) AS "D01_verified",
  COUNT(*) FILTER (WHERE (NOT (`cash` IS NULL)) AND (`cash` IS NULL)) AS "D01_missing",
  COUNT(*) FILTER (WHERE NOT (`cash` IS NULL)) AS "D01_entries"
FROM "donations"
GROUP BY `giver_sort`, `channel`, substr(`day`, 1, 7), `place`;

-- D02  865b8f3416ca187a
-- 社会捐赠物资折价（D02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：社会捐赠台账；计算：sum(goods_worth)；条件：goods.count > 0；时间：捐赠日期（day）；物资折价合计为空的记录计入“缺项”，不估计；说明：有折价依据的物资之和；与资金分开，不可相加成一项。
SELECT
  `giver_sort` AS "by_giver_sort",
  `channel` AS "by_channel",
  substr(`day`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`goods_worth`) FILTER (WHERE `goods_count` > 0) AS "D02_claimed",
  SUM(`goods_worth`) FILTER (WHERE (`goods_count` > 0) AND (`state` = 'confirmed')) AS "D02_verified",
  COUNT(*) FILTER (WHERE (`goods_count` > 0) AND (`goods_worth` IS NULL)) AS "D02_missing",
  COUNT(*) FILTER (WHERE `goods_count` > 0) AS "D02_entries"
FROM "donations"
GROUP BY `giver_sort`, `channel`, substr(`day`, 1, 7), `place`;

-- D03  9a352a5502599000
-- 参与结对的企业（D03），单位：家，存量（截止日的数）；台账：结对共建台账；计算：count(distinct east_party)；条件：sort = 'company'；时间：签订日期（signed）；到终止日期（until）为止；说明：一家企业结对几个村，只计一家；各县区之和会大于全部。
SELECT
  `place` AS "by_place",
  COUNT(DISTINCT `east_party`) FILTER (WHERE `sort` = 'company') AS "D03_claimed",
  COUNT(DISTINCT `east_party`) FILTER (WHERE (`sort` = 'company') AND (`state` = 'confirmed')) AS "D03_verified",
  0 AS "D03_missing",
  COUNT(*) FILTER (WHERE `sort` = 'company') AS "D03_entries"
FROM "twinnings"
GROUP BY `place`;

-- D04  ca986e29d691a8cd
-- 参与结对的社会组织（D04），单位：个，存量（截止日的数）；台账：结对共建台账；计算：count(distinct east_party)；条件：sort = 'social'；时间：签订日期（signed）；到终止日期（until）为止；说明：一个组织结对几个村，只计一个；各县区之和会大于全部。
SELECT
  `place` AS "by_place",
  COUNT(DISTINCT `east_party`) FILTER (WHERE `sort` = 'social') AS "D04_claimed",
  COUNT(DISTINCT `east_party`) FILTER (WHERE (`sort` = 'social') AND (`state` = 'confirmed')) AS "D04_verified",
  0 AS "D04_missing",
  COUNT(*) FILTER (WHERE `sort` = 'social') AS "D04_entries"
FROM "twinnings"
GROUP BY `place`;

-- D05  6265a8a5459e44f1
-- 社会捐赠（D05），单位：次，流量（一段时间内发生）；台账：社会捐赠台账；计算：count(*)；条件：全部记录；时间：捐赠日期（day）；说明：一方一日给一方计一次。
SELECT
  `giver_sort` AS "by_giver_sort",
  `channel` AS "by_channel",
  substr(`day`, 1, 7) AS "by_month",
  `place` AS "by_place",
  COUNT(*) AS "D05_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "D05_verified",
  0 AS "D05_missing",
  COUNT(*) AS "D05_entries"
FROM "donations"
GROUP BY `giver_sort`, `channel`, substr(`day`, 1, 7), `place`;

-- F01  35deb8e48097d92e
-- 财政援助资金（到位）（F01），单位：分（页面上以万元写），流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'arrived' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：东部各级财政当年到达西部国库的资金，按到账日期计。
SELECT
  `place` AS "by_place",
  substr(`day`, 1, 7) AS "by_month",
  `nature` AS "by_nature",
  `level` AS "by_level",
  SUM(`amount`) FILTER (WHERE (`stage` = 'arrived') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01_claimed",
  SUM(`amount`) FILTER (WHERE (`stage` = 'arrived') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`state` = 'confirmed')) AS "F01_verified",
  COUNT(*) FILTER (WHERE (`stage` = 'arrived') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`amount` IS NULL)) AS "F01_missing",
  COUNT(*) FILTER (WHERE (`stage` = 'arrived') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01_entries"
FROM "funds"
GROUP BY `place`, substr(`day`, 1, 7), `nature`, `level`;

-- F01A  feaa6eaddf05e533
-- 财政援助资金分解（F01A），单位：分（页面上以万元写），流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'allocated' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；已包含在“财政援助资金（到位）”之内，不可相加；说明：已分解到项目的资金。
SELECT
  `place` AS "by_place",
  substr(`day`, 1, 7) AS "by_month",
  `nature` AS "by_nature",
  `level` AS "by_level",
  SUM(`amount`) FILTER (WHERE (`stage` = 'allocated') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01A_claimed",
  SUM(`amount`) FILTER (WHERE (`stage` = 'allocated') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`state` = 'confirmed')) AS "F01A_verified",
  COUNT(*) FILTER (WHERE (`stage` = 'allocated') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`amount` IS NULL)) AS "F01A_missing",
  COUNT(*) FILTER (WHERE (`stage` = 'allocated') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01A_entries"
FROM "funds"
GROUP BY `place`, substr(`day`, 1, 7), `nature`, `level`;

-- F01I  d1548a6d46697a3a
-- 财政援助资金下达（F01I），单位：分（页面上以万元写），流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'issued' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：已下达指标的资金；下达不等于到位，两者不可相加。
SELECT
  `place` AS "by_place",
  substr(`day`, 1, 7) AS "by_month",
  `nature` AS "by_nature",
  `level` AS "by_level",
  SUM(`amount`) FILTER (WHERE (`stage` = 'issued') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01I_claimed",
  SUM(`amount`) FILTER (WHERE (`stage` = 'issued') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`state` = 'confirmed')) AS "F01I_verified",
  COUNT(*) FILTER (WHERE (`stage` = 'issued') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`amount` IS NULL)) AS "F01I_missing",
  COUNT(*) FILTER (WHERE (`stage` = 'issued') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01I_entries"
FROM "funds"
GROUP BY `place`, substr(`day`, 1, 7), `nature`, `level`;

-- F01R  f2a66e046d6c9a69
-- 财政援助资金收回（F01R），单位：分（页面上以万元写），流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'recovered' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计。
SELECT
  `place` AS "by_place",
  substr(`day`, 1, 7) AS "by_month",
  `nature` AS "by_nature",
  `level` AS "by_level",
  SUM(`amount`) FILTER (WHERE (`stage` = 'recovered') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01R_claimed",
  SUM(`amount`) FILTER (WHERE (`stage` = 'recovered') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`state` = 'confirmed')) AS "F01R_verified",
  COUNT(*) FILTER (WHERE (`stage` = 'recovered') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`amount` IS NULL)) AS "F01R_missing",
  COUNT(*) FILTER (WHERE (`stage` = 'recovered') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F01R_entries"
FROM "funds"
GROUP BY `place`, substr(`day`, 1, 7), `nature`, `level`;

-- F04P  1bf4cd60ac5de566
-- 财政援助资金支付（F04P），单位：分（页面上以万元写），流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'paid' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；已包含在“财政援助资金（到位）”之内，不可相加；说明：已支付的资金。
SELECT
  `place` AS "by_place",
  substr(`day`, 1, 7) AS "by_month",
  `nature` AS "by_nature",
  `level` AS "by_level",
  SUM(`amount`) FILTER (WHERE (`stage` = 'paid') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F04P_claimed",
  SUM(`amount`) FILTER (WHERE (`stage` = 'paid') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`state` = 'confirmed')) AS "F04P_verified",
  COUNT(*) FILTER (WHERE (`stage` = 'paid') AND (`nature` IN ('east-province', 'east-city', 'east-office')) AND (`amount` IS NULL)) AS "F04P_missing",
  COUNT(*) FILTER (WHERE (`stage` = 'paid') AND (`nature` IN ('east-province', 'east-city', 'east-office'))) AS "F04P_entries"
FROM "funds"
GROUP BY `place`, substr(`day`, 1, 7), `nature`, `level`;

-- G01  c52cb6f0823aa3d0
-- 结对共建（G01），单位：对，存量（截止日的数）；台账：结对共建台账；计算：count(*)；条件：全部记录；时间：签订日期（signed）；到终止日期（until）为止；说明：截止日当天有效的结对，两方一类计一对。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) AS "G01_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "G01_verified",
  0 AS "G01_missing",
  COUNT(*) AS "G01_entries"
FROM "twinnings"
GROUP BY `sort`, `place`;

-- H01  e0d6989e16531374
-- 高层互访（H01），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'visit' and level = 'province' and coalesce(chief, false)；时间：开始日期（starts）；说明：党政主要负责同志带队的省级党政代表团考察，一次行程计一次。
SELECT
  `level` AS "by_level",
  `direction` AS "by_direction",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `form` AS "by_form",
  COUNT(*) FILTER (WHERE (`form` = 'visit') AND (`level` = 'province') AND COALESCE(`chief`, FALSE)) AS "H01_claimed",
  COUNT(*) FILTER (WHERE (`form` = 'visit') AND (`level` = 'province') AND COALESCE(`chief`, FALSE) AND (`state` = 'confirmed')) AS "H01_verified",
  0 AS "H01_missing",
  COUNT(*) FILTER (WHERE (`form` = 'visit') AND (`level` = 'province') AND COALESCE(`chief`, FALSE)) AS "H01_entries"
FROM "exchanges"
GROUP BY `level`, `direction`, substr(`starts`, 1, 7), `place`, `form`;

-- H02  a14b46cea3900127
-- 互访批次（H02），单位：批次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；说明：一次行程为一批，不按所到县区重复计。
SELECT
  `level` AS "by_level",
  `direction` AS "by_direction",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `form` AS "by_form",
  COUNT(*) FILTER (WHERE `form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_claimed",
  COUNT(*) FILTER (WHERE (`form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND (`state` = 'confirmed')) AS "H02_verified",
  0 AS "H02_missing",
  COUNT(*) FILTER (WHERE `form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_entries"
FROM "exchanges"
GROUP BY `level`, `direction`, substr(`starts`, 1, 7), `place`, `form`;

-- H02P  90687498608f7841
-- 互访交流人次（H02P），单位：人次，流量（一段时间内发生）；台账：互访与会议台账；计算：sum(people)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；人数为空的记录计入“缺项”，不估计；说明：各批次人数之和；未填人数的批次不估计，另行列出。
SELECT
  `level` AS "by_level",
  `direction` AS "by_direction",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `form` AS "by_form",
  SUM(`people`) FILTER (WHERE `form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02P_claimed",
  SUM(`people`) FILTER (WHERE (`form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND (`state` = 'confirmed')) AS "H02P_verified",
  COUNT(*) FILTER (WHERE (`form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND (`people` IS NULL)) AS "H02P_missing",
  COUNT(*) FILTER (WHERE `form` IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02P_entries"
FROM "exchanges"
GROUP BY `level`, `direction`, substr(`starts`, 1, 7), `place`, `form`;

-- H03  4042a4d9c522d399
-- 联席会议和座谈会（H03），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('joint-meeting', 'meeting')；时间：开始日期（starts）。
SELECT
  `level` AS "by_level",
  `direction` AS "by_direction",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `form` AS "by_form",
  COUNT(*) FILTER (WHERE `form` IN ('joint-meeting', 'meeting')) AS "H03_claimed",
  COUNT(*) FILTER (WHERE (`form` IN ('joint-meeting', 'meeting')) AND (`state` = 'confirmed')) AS "H03_verified",
  0 AS "H03_missing",
  COUNT(*) FILTER (WHERE `form` IN ('joint-meeting', 'meeting')) AS "H03_entries"
FROM "exchanges"
GROUP BY `level`, `direction`, substr(`starts`, 1, 7), `place`, `form`;

-- H03J  d60b9b6405bb5776
-- 联席会议（H03J），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'joint-meeting'；时间：开始日期（starts）；已包含在“联席会议和座谈会”之内，不可相加。
SELECT
  `level` AS "by_level",
  `direction` AS "by_direction",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `form` AS "by_form",
  COUNT(*) FILTER (WHERE `form` = 'joint-meeting') AS "H03J_claimed",
  COUNT(*) FILTER (WHERE (`form` = 'joint-meeting') AND (`state` = 'confirmed')) AS "H03J_verified",
  0 AS "H03J_missing",
  COUNT(*) FILTER (WHERE `form` = 'joint-meeting') AS "H03J_entries"
FROM "exchanges"
GROUP BY `level`, `direction`, substr(`starts`, 1, 7), `place`, `form`;

-- I01  ed8bdad7625d6f89
-- 引导落地企业（I01），单位：家，流量（一段时间内发生）；台账：引导落地企业台账；计算：count(*)；条件：of_year is null；时间：注册日期（registered）；说明：当年在西部注册的企业，按注册日期计；只签约而未落地的不计。
SELECT
  `place` AS "by_place",
  substr(`registered`, 1, 7) AS "by_month",
  `origin` AS "by_origin",
  `brought` AS "by_brought",
  `progress` AS "by_progress",
  COUNT(*) FILTER (WHERE `of_year` IS NULL) AS "I01_claimed",
  COUNT(*) FILTER (WHERE (`of_year` IS NULL) AND (`state` = 'confirmed')) AS "I01_verified",
  0 AS "I01_missing",
  COUNT(*) FILTER (WHERE `of_year` IS NULL) AS "I01_entries"
FROM "enterprises"
GROUP BY `place`, substr(`registered`, 1, 7), `origin`, `brought`, `progress`;

-- I02  157f99469a7b1f9d
-- 企业实际到位投资（I02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：引导落地企业台账；计算：sum(realised)；条件：realised_on is not null；时间：到位截至日期（realised_on）；本年实际到位资金为空的记录计入“缺项”，不估计；说明：当年真正到位的资金，不是签约额；按到位截至日期计，往年落地企业当年续投的也在内。
SELECT
  `place` AS "by_place",
  substr(`realised_on`, 1, 7) AS "by_month",
  `origin` AS "by_origin",
  `brought` AS "by_brought",
  `progress` AS "by_progress",
  SUM(`realised`) FILTER (WHERE NOT (`realised_on` IS NULL)) AS "I02_claimed",
  SUM(`realised`) FILTER (WHERE (NOT (`realised_on` IS NULL)) AND (`state` = 'confirmed')) AS "I02_verified",
  COUNT(*) FILTER (WHERE (NOT (`realised_on` IS NULL)) AND (`realised` IS NULL)) AS "I02_missing",
  COUNT(*) FILTER (WHERE NOT (`realised_on` IS NULL)) AS "I02_entries"
FROM "enterprises"
GROUP BY `place`, substr(`realised_on`, 1, 7), `origin`, `brought`, `progress`;

-- I03  036e1ec19ab26108
-- 企业吸纳农村劳动力（I03），单位：人，存量（截止日的数）；台账：引导落地企业台账；计算：sum(rural)；条件：progress in ('building', 'running') and of_year is null；时间：注册日期（registered）；到注销日期（closed）为止；其中农村劳动力为空的记录计入“缺项”，不估计；说明：截止日在营企业的人数；这些人也在劳务台账的就业人数之内，不可相加。
SELECT
  `place` AS "by_place",
  `origin` AS "by_origin",
  `brought` AS "by_brought",
  `progress` AS "by_progress",
  SUM(`rural`) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL)) AS "I03_claimed",
  SUM(`rural`) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL) AND (`state` = 'confirmed')) AS "I03_verified",
  COUNT(*) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL) AND (`rural` IS NULL)) AS "I03_missing",
  COUNT(*) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL)) AS "I03_entries"
FROM "enterprises"
GROUP BY `place`, `origin`, `brought`, `progress`;

-- I03P  4016dd368b8a48dd
-- 企业吸纳脱贫人口（I03P），单位：人，存量（截止日的数）；台账：引导落地企业台账；计算：sum(poor)；条件：progress in ('building', 'running') and of_year is null；时间：注册日期（registered）；到注销日期（closed）为止；其中脱贫人口为空的记录计入“缺项”，不估计；已包含在“企业吸纳农村劳动力”之内，不可相加。
SELECT
  `place` AS "by_place",
  `origin` AS "by_origin",
  `brought` AS "by_brought",
  `progress` AS "by_progress",
  SUM(`poor`) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL)) AS "I03P_claimed",
  SUM(`poor`) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL) AND (`state` = 'confirmed')) AS "I03P_verified",
  COUNT(*) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL) AND (`poor` IS NULL)) AS "I03P_missing",
  COUNT(*) FILTER (WHERE (`progress` IN ('building', 'running')) AND (`of_year` IS NULL)) AS "I03P_entries"
FROM "enterprises"
GROUP BY `place`, `origin`, `brought`, `progress`;

-- I04  8ae31ff0491bafb6
-- 共建产业园区（I04），单位：个，存量（截止日的数）；台账：共建产业园区台账；计算：count(*)；条件：全部记录；时间：共建协议日期（agreed）；到终止共建日期（until）为止；说明：截止日当天仍在共建的园区；是存量，不是当年新增。
SELECT
  `place` AS "by_place",
  `level` AS "by_level",
  COUNT(*) AS "I04_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "I04_verified",
  0 AS "I04_missing",
  COUNT(*) AS "I04_entries"
FROM "parks"
GROUP BY `place`, `level`;

-- I05  98e53aa3628672cf
-- 帮扶车间（I05），单位：个，存量（截止日的数）；台账：帮扶车间台账；计算：count(*)；条件：全部记录；时间：认定日期（recognised）；到取消认定日期（withdrawn）为止；说明：截止日当天仍在认定内的车间；是存量。
SELECT
  `place` AS "by_place",
  `progress` AS "by_progress",
  COUNT(*) AS "I05_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "I05_verified",
  0 AS "I05_missing",
  COUNT(*) AS "I05_entries"
FROM "workshops"
GROUP BY `place`, `progress`;

-- I05N  f99ad0434ba16e40
-- 新认定帮扶车间（I05N），单位：个，流量（一段时间内发生）；台账：帮扶车间台账；计算：count(*)；条件：全部记录；时间：认定日期（recognised）；说明：期内认定的车间，与存量不可相加。
SELECT
  `place` AS "by_place",
  substr(`recognised`, 1, 7) AS "by_month",
  `progress` AS "by_progress",
  COUNT(*) AS "I05N_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "I05N_verified",
  0 AS "I05N_missing",
  COUNT(*) AS "I05N_entries"
FROM "workshops"
GROUP BY `place`, substr(`recognised`, 1, 7), `progress`;

-- I06  9b32a54c08dc7bf8
-- 入驻园区的引导落地企业（I06），单位：家，流量（一段时间内发生）；台账：引导落地企业台账；计算：count(*)；条件：park is not null and of_year is null；时间：注册日期（registered）；已包含在“引导落地企业”之内，不可相加。
SELECT
  `place` AS "by_place",
  substr(`registered`, 1, 7) AS "by_month",
  `origin` AS "by_origin",
  `brought` AS "by_brought",
  `progress` AS "by_progress",
  COUNT(*) FILTER (WHERE (NOT (`park` IS NULL)) AND (`of_year` IS NULL)) AS "I06_claimed",
  COUNT(*) FILTER (WHERE (NOT (`park` IS NULL)) AND (`of_year` IS NULL) AND (`state` = 'confirmed')) AS "I06_verified",
  0 AS "I06_missing",
  COUNT(*) FILTER (WHERE (NOT (`park` IS NULL)) AND (`of_year` IS NULL)) AS "I06_entries"
FROM "enterprises"
GROUP BY `place`, substr(`registered`, 1, 7), `origin`, `brought`, `progress`;

-- I07  d9f6508a123275b9
-- 园区就业（I07），单位：人，存量（截止日的数）；台账：共建产业园区台账；计算：sum(jobs)；条件：全部记录；时间：共建协议日期（agreed）；到终止共建日期（until）为止；就业人数为空的记录计入“缺项”，不估计；说明：园区内的就业人数；这些人也在劳务台账的就业人数之内，不可相加。
SELECT
  `place` AS "by_place",
  `level` AS "by_level",
  SUM(`jobs`) AS "I07_claimed",
  SUM(`jobs`) FILTER (WHERE `state` = 'confirmed') AS "I07_verified",
  COUNT(*) FILTER (WHERE `jobs` IS NULL) AS "I07_missing",
  COUNT(*) AS "I07_entries"
FROM "parks"
GROUP BY `place`, `level`;

-- I07P  dab4977edcd511fc
-- 园区脱贫人口就业（I07P），单位：人，存量（截止日的数）；台账：共建产业园区台账；计算：sum(poor)；条件：全部记录；时间：共建协议日期（agreed）；到终止共建日期（until）为止；其中脱贫人口为空的记录计入“缺项”，不估计；已包含在“园区就业”之内，不可相加。
SELECT
  `place` AS "by_place",
  `level` AS "by_level",
  SUM(`poor`) AS "I07P_claimed",
  SUM(`poor`) FILTER (WHERE `state` = 'confirmed') AS "I07P_verified",
  COUNT(*) FILTER (WHERE `poor` IS NULL) AS "I07P_missing",
  COUNT(*) AS "I07P_entries"
FROM "parks"
GROUP BY `place`, `level`;

-- I08  3b7059680c4aee8a
-- 帮扶车间吸纳就业（I08），单位：人，存量（截止日的数）；台账：帮扶车间台账；计算：sum(workers)；条件：全部记录；时间：认定日期（recognised）；到取消认定日期（withdrawn）为止；吸纳就业人数为空的记录计入“缺项”，不估计；说明：这些人也在劳务台账的就业人数之内，不可相加。
SELECT
  `place` AS "by_place",
  `progress` AS "by_progress",
  SUM(`workers`) AS "I08_claimed",
  SUM(`workers`) FILTER (WHERE `state` = 'confirmed') AS "I08_verified",
  COUNT(*) FILTER (WHERE `workers` IS NULL) AS "I08_missing",
  COUNT(*) AS "I08_entries"
FROM "workshops"
GROUP BY `place`, `progress`;

-- I08P  92358a8f98e7e157
-- 帮扶车间吸纳脱贫人口（I08P），单位：人，存量（截止日的数）；台账：帮扶车间台账；计算：sum(poor)；条件：全部记录；时间：认定日期（recognised）；到取消认定日期（withdrawn）为止；其中脱贫人口为空的记录计入“缺项”，不估计；已包含在“帮扶车间吸纳就业”之内，不可相加。
SELECT
  `place` AS "by_place",
  `progress` AS "by_progress",
  SUM(`poor`) AS "I08P_claimed",
  SUM(`poor`) FILTER (WHERE `state` = 'confirmed') AS "I08P_verified",
  COUNT(*) FILTER (WHERE `poor` IS NULL) AS "I08P_missing",
  COUNT(*) AS "I08P_entries"
FROM "workshops"
GROUP BY `place`, `progress`;

-- J00  48b757f29a347d17
-- 帮助农村劳动力就业（J00），单位：人，流量（一段时间内发生）；台账：劳务协作台账；计算：sum(people)；条件：全部记录；时间：月份（of_month）；新增就业人数为空的记录计入“缺项”，不估计；说明：一人一年只计一次；三个区域之和。
SELECT
  `region` AS "by_region",
  `category` AS "by_category",
  `way` AS "by_way",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) AS "J00_claimed",
  SUM(`people`) FILTER (WHERE `state` = 'confirmed') AS "J00_verified",
  COUNT(*) FILTER (WHERE `people` IS NULL) AS "J00_missing",
  COUNT(*) AS "J00_entries"
FROM "labour"
GROUP BY `region`, `category`, `way`, substr(`of_month`, 1, 7), `place`;

-- J01  4917cdd4ddbbd064
-- 到东部结对省（市）就业（J01），单位：人，流量（一段时间内发生）；台账：劳务协作台账；计算：sum(people)；条件：region = 'east'；时间：月份（of_month）；新增就业人数为空的记录计入“缺项”，不估计；已包含在“帮助农村劳动力就业”之内，不可相加。
SELECT
  `region` AS "by_region",
  `category` AS "by_category",
  `way` AS "by_way",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) FILTER (WHERE `region` = 'east') AS "J01_claimed",
  SUM(`people`) FILTER (WHERE (`region` = 'east') AND (`state` = 'confirmed')) AS "J01_verified",
  COUNT(*) FILTER (WHERE (`region` = 'east') AND (`people` IS NULL)) AS "J01_missing",
  COUNT(*) FILTER (WHERE `region` = 'east') AS "J01_entries"
FROM "labour"
GROUP BY `region`, `category`, `way`, substr(`of_month`, 1, 7), `place`;

-- J02  7d82336582744cd9
-- 省内就近就业（J02），单位：人，流量（一段时间内发生）；台账：劳务协作台账；计算：sum(people)；条件：region = 'province'；时间：月份（of_month）；新增就业人数为空的记录计入“缺项”，不估计；已包含在“帮助农村劳动力就业”之内，不可相加。
SELECT
  `region` AS "by_region",
  `category` AS "by_category",
  `way` AS "by_way",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) FILTER (WHERE `region` = 'province') AS "J02_claimed",
  SUM(`people`) FILTER (WHERE (`region` = 'province') AND (`state` = 'confirmed')) AS "J02_verified",
  COUNT(*) FILTER (WHERE (`region` = 'province') AND (`people` IS NULL)) AS "J02_missing",
  COUNT(*) FILTER (WHERE `region` = 'province') AS "J02_entries"
FROM "labour"
GROUP BY `region`, `category`, `way`, substr(`of_month`, 1, 7), `place`;

-- J03  eaf5014d922d280e
-- 其他地区就业（J03），单位：人，流量（一段时间内发生）；台账：劳务协作台账；计算：sum(people)；条件：region = 'elsewhere'；时间：月份（of_month）；新增就业人数为空的记录计入“缺项”，不估计；已包含在“帮助农村劳动力就业”之内，不可相加。
SELECT
  `region` AS "by_region",
  `category` AS "by_category",
  `way` AS "by_way",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) FILTER (WHERE `region` = 'elsewhere') AS "J03_claimed",
  SUM(`people`) FILTER (WHERE (`region` = 'elsewhere') AND (`state` = 'confirmed')) AS "J03_verified",
  COUNT(*) FILTER (WHERE (`region` = 'elsewhere') AND (`people` IS NULL)) AS "J03_missing",
  COUNT(*) FILTER (WHERE `region` = 'elsewhere') AS "J03_entries"
FROM "labour"
GROUP BY `region`, `category`, `way`, substr(`of_month`, 1, 7), `place`;

-- J04  ab6c0b608c5ac36a
-- 脱贫人口（含监测对象）就业（J04），单位：人，流量（一段时间内发生）；台账：劳务协作台账；计算：sum(people)；条件：category in ('poor', 'watched')；时间：月份（of_month）；新增就业人数为空的记录计入“缺项”，不估计；已包含在“帮助农村劳动力就业”之内，不可相加。
SELECT
  `region` AS "by_region",
  `category` AS "by_category",
  `way` AS "by_way",
  substr(`of_month`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) FILTER (WHERE `category` IN ('poor', 'watched')) AS "J04_claimed",
  SUM(`people`) FILTER (WHERE (`category` IN ('poor', 'watched')) AND (`state` = 'confirmed')) AS "J04_verified",
  COUNT(*) FILTER (WHERE (`category` IN ('poor', 'watched')) AND (`people` IS NULL)) AS "J04_missing",
  COUNT(*) FILTER (WHERE `category` IN ('poor', 'watched')) AS "J04_entries"
FROM "labour"
GROUP BY `region`, `category`, `way`, substr(`of_month`, 1, 7), `place`;

-- K01  4500435bff590fe3
-- 区域合作签约项目（K01），单位：个，流量（一段时间内发生）；台账：区域合作台账；计算：count(*)；条件：signed is not null；时间：签约日期（signed）；说明：按签约日期计；只有承诺而未签约的不计。
SELECT
  `place` AS "by_place",
  substr(`signed`, 1, 7) AS "by_month",
  `field` AS "by_field",
  `promise` AS "by_promise",
  COUNT(*) FILTER (WHERE NOT (`signed` IS NULL)) AS "K01_claimed",
  COUNT(*) FILTER (WHERE (NOT (`signed` IS NULL)) AND (`state` = 'confirmed')) AS "K01_verified",
  0 AS "K01_missing",
  COUNT(*) FILTER (WHERE NOT (`signed` IS NULL)) AS "K01_entries"
FROM "deals"
GROUP BY `place`, substr(`signed`, 1, 7), `field`, `promise`;

-- K02  4446cecd48510af6
-- 区域合作签约金额（K02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：区域合作台账；计算：sum(signed_amount)；条件：signed is not null；时间：签约日期（signed）；签约金额为空的记录计入“缺项”，不估计；说明：协议写明的金额；签约不等于到位，两者不可相加。
SELECT
  `place` AS "by_place",
  substr(`signed`, 1, 7) AS "by_month",
  `field` AS "by_field",
  `promise` AS "by_promise",
  SUM(`signed_amount`) FILTER (WHERE NOT (`signed` IS NULL)) AS "K02_claimed",
  SUM(`signed_amount`) FILTER (WHERE (NOT (`signed` IS NULL)) AND (`state` = 'confirmed')) AS "K02_verified",
  COUNT(*) FILTER (WHERE (NOT (`signed` IS NULL)) AND (`signed_amount` IS NULL)) AS "K02_missing",
  COUNT(*) FILTER (WHERE NOT (`signed` IS NULL)) AS "K02_entries"
FROM "deals"
GROUP BY `place`, substr(`signed`, 1, 7), `field`, `promise`;

-- K03  45d30be6542a3d4c
-- 区域合作到位金额（K03），单位：分（页面上以万元写），流量（一段时间内发生）；台账：区域合作台账；计算：sum(realised_amount)；条件：realised_on is not null；时间：到位截至日期（realised_on）；到位金额为空的记录计入“缺项”，不估计；说明：各项目截至所填日期的累计到位数，按该日期计。
SELECT
  `place` AS "by_place",
  substr(`realised_on`, 1, 7) AS "by_month",
  `field` AS "by_field",
  `promise` AS "by_promise",
  SUM(`realised_amount`) FILTER (WHERE NOT (`realised_on` IS NULL)) AS "K03_claimed",
  SUM(`realised_amount`) FILTER (WHERE (NOT (`realised_on` IS NULL)) AND (`state` = 'confirmed')) AS "K03_verified",
  COUNT(*) FILTER (WHERE (NOT (`realised_on` IS NULL)) AND (`realised_amount` IS NULL)) AS "K03_missing",
  COUNT(*) FILTER (WHERE NOT (`realised_on` IS NULL)) AS "K03_entries"
FROM "deals"
GROUP BY `place`, substr(`realised_on`, 1, 7), `field`, `promise`;

-- O01  c8bbc7605820ac3e
-- 组团式帮扶人才在岗人数（O01），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west' and coalesce(in_team, false)；时间：到岗日期（arrives）；到离岗日期（leaves）为止；已包含在“专业技术人才（东部到西部）在岗人数”之内，不可相加；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE)) AS "O01_claimed",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE) AND (`state` = 'confirmed')) AS "O01_verified",
  0 AS "O01_missing",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE)) AS "O01_entries"
FROM "talent"
GROUP BY `sort`, `place`;

-- O01N  d63b707cdc900882
-- 组团式帮扶人才新派人数（O01N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west' and coalesce(in_team, false)；时间：到岗日期（arrives）；已包含在“专业技术人才（东部到西部）新派人数”之内，不可相加；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  substr(`arrives`, 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE)) AS "O01N_claimed",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE) AND (`state` = 'confirmed')) AS "O01N_verified",
  0 AS "O01N_missing",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND COALESCE(`in_team`, FALSE)) AS "O01N_entries"
FROM "talent"
GROUP BY `sort`, `place`, substr(`arrives`, 1, 7);

-- P01  b3d1269939eead40
-- 实施项目（P01），单位：个，流量（一段时间内发生）；台账：项目台账；计算：count(*)；条件：stopped is null；时间：列入年度计划日期（planned）；说明：按列入年度计划的日期计；续建项目计入其资金所属年度，终止的不计。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`planned`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  COUNT(*) FILTER (WHERE `stopped` IS NULL) AS "P01_claimed",
  COUNT(*) FILTER (WHERE (`stopped` IS NULL) AND (`state` = 'confirmed')) AS "P01_verified",
  0 AS "P01_missing",
  COUNT(*) FILTER (WHERE `stopped` IS NULL) AS "P01_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`planned`, 1, 7), `place`, `nature`;

-- P02  0d8123fd7fba4bfc
-- 项目协作资金（P02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：项目台账；计算：sum(aid)；条件：stopped is null；时间：列入年度计划日期（planned）；协作资金为空的记录计入“缺项”，不估计；说明：项目总投资中的协作资金；与到位资金是同一笔钱的两种算法，不可相加。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`planned`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  SUM(`aid`) FILTER (WHERE `stopped` IS NULL) AS "P02_claimed",
  SUM(`aid`) FILTER (WHERE (`stopped` IS NULL) AND (`state` = 'confirmed')) AS "P02_verified",
  COUNT(*) FILTER (WHERE (`stopped` IS NULL) AND (`aid` IS NULL)) AS "P02_missing",
  COUNT(*) FILTER (WHERE `stopped` IS NULL) AS "P02_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`planned`, 1, 7), `place`, `nature`;

-- P03  f69544a1ef9f982c
-- 产业项目协作资金（P03），单位：分（页面上以万元写），流量（一段时间内发生）；台账：项目台账；计算：sum(aid)；条件：stopped is null and kind = 'industry'；时间：列入年度计划日期（planned）；协作资金为空的记录计入“缺项”，不估计；已包含在“项目协作资金”之内，不可相加；说明：按帮扶类别“产业帮扶”计。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`planned`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  SUM(`aid`) FILTER (WHERE (`stopped` IS NULL) AND (`kind` = 'industry')) AS "P03_claimed",
  SUM(`aid`) FILTER (WHERE (`stopped` IS NULL) AND (`kind` = 'industry') AND (`state` = 'confirmed')) AS "P03_verified",
  COUNT(*) FILTER (WHERE (`stopped` IS NULL) AND (`kind` = 'industry') AND (`aid` IS NULL)) AS "P03_missing",
  COUNT(*) FILTER (WHERE (`stopped` IS NULL) AND (`kind` = 'industry')) AS "P03_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`planned`, 1, 7), `place`, `nature`;

-- P04  a65221268994534a
-- 开工项目（P04），单位：个，流量（一段时间内发生）；台账：项目台账；计算：count(*)；条件：started is not null and coalesce(nature, 'new') <> 'continued'；时间：开工日期（started）；说明：续建项目在新开工的年度已计过。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`started`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  COUNT(*) FILTER (WHERE (NOT (`started` IS NULL)) AND (COALESCE(`nature`, 'new') <> 'continued')) AS "P04_claimed",
  COUNT(*) FILTER (WHERE (NOT (`started` IS NULL)) AND (COALESCE(`nature`, 'new') <> 'continued') AND (`state` = 'confirmed')) AS "P04_verified",
  0 AS "P04_missing",
  COUNT(*) FILTER (WHERE (NOT (`started` IS NULL)) AND (COALESCE(`nature`, 'new') <> 'continued')) AS "P04_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`started`, 1, 7), `place`, `nature`;

-- P05  9a39968c9f5ca63b
-- 完工项目（P05），单位：个，流量（一段时间内发生）；台账：项目台账；计算：count(*)；条件：completed is not null；时间：完工日期（completed）；说明：曾在实施项目中计过，不可相加。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`completed`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  COUNT(*) FILTER (WHERE NOT (`completed` IS NULL)) AS "P05_claimed",
  COUNT(*) FILTER (WHERE (NOT (`completed` IS NULL)) AND (`state` = 'confirmed')) AS "P05_verified",
  0 AS "P05_missing",
  COUNT(*) FILTER (WHERE NOT (`completed` IS NULL)) AS "P05_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`completed`, 1, 7), `place`, `nature`;

-- P06  fdb3b5529853c3cf
-- 验收项目（P06），单位：个，流量（一段时间内发生）；台账：项目台账；计算：count(*)；条件：accepted is not null；时间：验收日期（accepted）；说明：曾在完工项目中计过，不可相加。
SELECT
  `sort` AS "by_sort",
  `kind` AS "by_kind",
  substr(`accepted`, 1, 7) AS "by_month",
  `place` AS "by_place",
  `nature` AS "by_nature",
  COUNT(*) FILTER (WHERE NOT (`accepted` IS NULL)) AS "P06_claimed",
  COUNT(*) FILTER (WHERE (NOT (`accepted` IS NULL)) AND (`state` = 'confirmed')) AS "P06_verified",
  0 AS "P06_missing",
  COUNT(*) FILTER (WHERE NOT (`accepted` IS NULL)) AS "P06_entries"
FROM "projects"
GROUP BY `sort`, `kind`, substr(`accepted`, 1, 7), `place`, `nature`;

-- R01  7ff5717a9e3461cc
-- 应急援助资金（R01），单位：分（页面上以万元写），流量（一段时间内发生）；台账：应急援助台账；计算：sum(funds)；条件：coalesce(gave_funds, funds is not null)；时间：发生日期（happened）；援助资金为空的记录计入“缺项”，不估计；说明：按灾害发生日期计，只计资金；物资折价另列，两者不可相加。
SELECT
  `place` AS "by_place",
  substr(`happened`, 1, 7) AS "by_month",
  `hazard` AS "by_hazard",
  SUM(`funds`) FILTER (WHERE COALESCE(`gave_funds`, (NOT (`funds` IS NULL)))) AS "R01_claimed",
  SUM(`funds`) FILTER (WHERE COALESCE(`gave_funds`, (NOT (`funds` IS NULL))) AND (`state` = 'confirmed')) AS "R01_verified",
  COUNT(*) FILTER (WHERE COALESCE(`gave_funds`, (NOT (`funds` IS NULL))) AND (`funds` IS NULL)) AS "R01_missing",
  COUNT(*) FILTER (WHERE COALESCE(`gave_funds`, (NOT (`funds` IS NULL)))) AS "R01_entries"
FROM "relief"
GROUP BY `place`, substr(`happened`, 1, 7), `hazard`;

-- R02  3947cadb3e3a95dd
-- 应急援助物资折价（R02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：应急援助台账；计算：sum(goods_worth)；条件：coalesce(gave_goods, goods.count > 0)；时间：发生日期（happened）；物资折价合计为空的记录计入“缺项”，不估计；说明：有折价依据的物资之和；没有折价的物资不计，不与资金相加。
SELECT
  `place` AS "by_place",
  substr(`happened`, 1, 7) AS "by_month",
  `hazard` AS "by_hazard",
  SUM(`goods_worth`) FILTER (WHERE COALESCE(`gave_goods`, (`goods_count` > 0))) AS "R02_claimed",
  SUM(`goods_worth`) FILTER (WHERE COALESCE(`gave_goods`, (`goods_count` > 0)) AND (`state` = 'confirmed')) AS "R02_verified",
  COUNT(*) FILTER (WHERE COALESCE(`gave_goods`, (`goods_count` > 0)) AND (`goods_worth` IS NULL)) AS "R02_missing",
  COUNT(*) FILTER (WHERE COALESCE(`gave_goods`, (`goods_count` > 0))) AS "R02_entries"
FROM "relief"
GROUP BY `place`, substr(`happened`, 1, 7), `hazard`;

-- R03  b742ac39b06d8d79
-- 派出救援人员（R03），单位：人，流量（一段时间内发生）；台账：应急援助台账；计算：sum(persons)；条件：coalesce(gave_teams, teams.count > 0)；时间：发生日期（happened）；救援人员合计为空的记录计入“缺项”，不估计；说明：各队人数之和，一人随一队计一次；不是人次。
SELECT
  `place` AS "by_place",
  substr(`happened`, 1, 7) AS "by_month",
  `hazard` AS "by_hazard",
  SUM(`persons`) FILTER (WHERE COALESCE(`gave_teams`, (`teams_count` > 0))) AS "R03_claimed",
  SUM(`persons`) FILTER (WHERE COALESCE(`gave_teams`, (`teams_count` > 0)) AND (`state` = 'confirmed')) AS "R03_verified",
  COUNT(*) FILTER (WHERE COALESCE(`gave_teams`, (`teams_count` > 0)) AND (`persons` IS NULL)) AS "R03_missing",
  COUNT(*) FILTER (WHERE COALESCE(`gave_teams`, (`teams_count` > 0))) AS "R03_entries"
FROM "relief"
GROUP BY `place`, substr(`happened`, 1, 7), `hazard`;

-- T01  41266835f1ad380d
-- 党政挂职干部（东部到西部）在岗人数（T01），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：sort = 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west')) AS "T01_claimed",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west') AND (`state` = 'confirmed')) AS "T01_verified",
  0 AS "T01_missing",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west')) AS "T01_entries"
FROM "talent"
GROUP BY `sort`, `place`;

-- T01N  9c51737071318add
-- 党政挂职干部（东部到西部）新派人数（T01N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：sort = 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  substr(`arrives`, 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west')) AS "T01N_claimed",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west') AND (`state` = 'confirmed')) AS "T01N_verified",
  0 AS "T01N_missing",
  COUNT(*) FILTER (WHERE (`sort` = 'cadre') AND (`direction` = 'east-to-west')) AS "T01N_entries"
FROM "talent"
GROUP BY `sort`, `place`, substr(`arrives`, 1, 7);

-- T02  374c67ddb3beef76
-- 专业技术人才（东部到西部）在岗人数（T02），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west')) AS "T02_claimed",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND (`state` = 'confirmed')) AS "T02_verified",
  0 AS "T02_missing",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west')) AS "T02_entries"
FROM "talent"
GROUP BY `sort`, `place`;

-- T02N  f872a4a2dd65f66a
-- 专业技术人才（东部到西部）新派人数（T02N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  substr(`arrives`, 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west')) AS "T02N_claimed",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west') AND (`state` = 'confirmed')) AS "T02N_verified",
  0 AS "T02N_missing",
  COUNT(*) FILTER (WHERE (`sort` <> 'cadre') AND (`direction` = 'east-to-west')) AS "T02N_entries"
FROM "talent"
GROUP BY `sort`, `place`, substr(`arrives`, 1, 7);

-- T03  9daa839fb3efc615
-- 干部人才（西部到东部）在岗人数（T03），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：direction = 'west-to-east'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) FILTER (WHERE `direction` = 'west-to-east') AS "T03_claimed",
  COUNT(*) FILTER (WHERE (`direction` = 'west-to-east') AND (`state` = 'confirmed')) AS "T03_verified",
  0 AS "T03_missing",
  COUNT(*) FILTER (WHERE `direction` = 'west-to-east') AS "T03_entries"
FROM "talent"
GROUP BY `sort`, `place`;

-- T03N  97fd586acd78cc6b
-- 干部人才（西部到东部）新派人数（T03N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：direction = 'west-to-east'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  substr(`arrives`, 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE `direction` = 'west-to-east') AS "T03N_claimed",
  COUNT(*) FILTER (WHERE (`direction` = 'west-to-east') AND (`state` = 'confirmed')) AS "T03N_verified",
  0 AS "T03N_missing",
  COUNT(*) FILTER (WHERE `direction` = 'west-to-east') AS "T03N_entries"
FROM "talent"
GROUP BY `sort`, `place`, substr(`arrives`, 1, 7);

-- T04  f59478b157d315cb
-- 培训（T04），单位：人次，流量（一段时间内发生）；台账：培训台账；计算：sum(people)；条件：全部记录；时间：开班日期（starts）；实到人数为空的记录计入“缺项”，不估计；说明：各班实到人数之和：一人上两个班计两人次。
SELECT
  `sort` AS "by_sort",
  `held` AS "by_held",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`people`) AS "T04_claimed",
  SUM(`people`) FILTER (WHERE `state` = 'confirmed') AS "T04_verified",
  COUNT(*) FILTER (WHERE `people` IS NULL) AS "T04_missing",
  COUNT(*) AS "T04_entries"
FROM "trainings"
GROUP BY `sort`, `held`, substr(`starts`, 1, 7), `place`;

-- T05  ce16f924b3548ca1
-- 举办培训班（T05），单位：期，流量（一段时间内发生）；台账：培训台账；计算：count(*)；条件：全部记录；时间：开班日期（starts）；说明：按开班日期计，一个班计一期。
SELECT
  `sort` AS "by_sort",
  `held` AS "by_held",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  COUNT(*) AS "T05_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "T05_verified",
  0 AS "T05_missing",
  COUNT(*) AS "T05_entries"
FROM "trainings"
GROUP BY `sort`, `held`, substr(`starts`, 1, 7), `place`;

-- T06  4dcb0ed4e4fef309
-- 培训取证（T06），单位：人次，流量（一段时间内发生）；台账：培训台账；计算：sum(certified)；条件：全部记录；时间：开班日期（starts）；取证人数为空的记录计入“缺项”，不估计；已包含在“培训”之内，不可相加。
SELECT
  `sort` AS "by_sort",
  `held` AS "by_held",
  substr(`starts`, 1, 7) AS "by_month",
  `place` AS "by_place",
  SUM(`certified`) AS "T06_claimed",
  SUM(`certified`) FILTER (WHERE `state` = 'confirmed') AS "T06_verified",
  COUNT(*) FILTER (WHERE `certified` IS NULL) AS "T06_missing",
  COUNT(*) AS "T06_entries"
FROM "trainings"
GROUP BY `sort`, `held`, substr(`starts`, 1, 7), `place`;

-- V01  66f5271acc6c2f25
-- 乡村振兴示范村（V01），单位：个，存量（截止日的数）；台账：乡村振兴示范村台账；计算：count(*)；条件：全部记录；时间：确定日期（named_on）；到退出日期（until）为止；说明：在建与建成的合计，截止日当天在名单上的。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  COUNT(*) AS "V01_claimed",
  COUNT(*) FILTER (WHERE `state` = 'confirmed') AS "V01_verified",
  0 AS "V01_missing",
  COUNT(*) AS "V01_entries"
FROM "villages"
GROUP BY `sort`, `place`;

-- V02  8afb42fd611690b4
-- 示范村投入协作资金（V02），单位：分（页面上以万元写），流量（一段时间内发生）；台账：乡村振兴示范村台账；计算：sum(aid)；条件：全部记录；时间：确定日期（named_on）；投入协作资金为空的记录计入“缺项”，不估计；说明：按确定日期计；这些资金也在项目协作资金之内，不可相加。
SELECT
  `sort` AS "by_sort",
  `place` AS "by_place",
  substr(`named_on`, 1, 7) AS "by_month",
  SUM(`aid`) AS "V02_claimed",
  SUM(`aid`) FILTER (WHERE `state` = 'confirmed') AS "V02_verified",
  COUNT(*) FILTER (WHERE `aid` IS NULL) AS "V02_missing",
  COUNT(*) AS "V02_entries"
FROM "villages"
GROUP BY `sort`, `place`, substr(`named_on`, 1, 7);
