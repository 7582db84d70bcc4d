-- D01  c0b7bfe843a4d09d
-- 区域合作签约项目（D01），单位：个，流量（一段时间内发生）；台账：区域合作台账；计算：count(*)；条件：signed is not null；时间：签约日期（signed）；说明：按签约日期计；只有承诺而未签约的不计。
SELECT
  "place" AS "by_place",
  substr(CAST("signed" AS VARCHAR), 1, 7) AS "by_month",
  "field" AS "by_field",
  "promise" AS "by_promise",
  COUNT(*) FILTER (WHERE NOT ("signed" IS NULL)) AS "D01_claimed",
  COUNT(*) FILTER (WHERE (NOT ("signed" IS NULL)) AND ("state" = 'confirmed')) AS "D01_verified",
  0 AS "D01_missing",
  COUNT(*) FILTER (WHERE NOT ("signed" IS NULL)) AS "D01_entries"
FROM "deals"
GROUP BY "place", substr(CAST("signed" AS VARCHAR), 1, 7), "field", "promise";

-- D02  86df7f71da0ac61f
-- 区域合作签约金额（D02），单位：分，流量（一段时间内发生）；台账：区域合作台账；计算：sum(signed_amount)；条件：signed is not null；时间：签约日期（signed）；签约金额为空的记录计入“缺项”，不估计；说明：协议写明的金额；签约不等于到位，两者不可相加。
SELECT
  "place" AS "by_place",
  substr(CAST("signed" AS VARCHAR), 1, 7) AS "by_month",
  "field" AS "by_field",
  "promise" AS "by_promise",
  CAST(SUM("signed_amount") FILTER (WHERE NOT ("signed" IS NULL)) AS BIGINT) AS "D02_claimed",
  CAST(SUM("signed_amount") FILTER (WHERE (NOT ("signed" IS NULL)) AND ("state" = 'confirmed')) AS BIGINT) AS "D02_verified",
  COUNT(*) FILTER (WHERE (NOT ("signed" IS NULL)) AND ("signed_amount" IS NULL)) AS "D02_missing",
  COUNT(*) FILTER (WHERE NOT ("signed" IS NULL)) AS "D02_entries"
FROM "deals"
GROUP BY "place", substr(CAST("signed" AS VARCHAR), 1, 7), "field", "promise";

-- D03  0504e0b6d470f600
-- 区域合作到位金额（D03），单位：分，流量（一段时间内发生）；台账：区域合作台账；计算：sum(realised_amount)；条件：realised_on is not null；时间：到位截至日期（realised_on）；到位金额为空的记录计入“缺项”，不估计；说明：各项目截至所填日期的累计到位数，按该日期计。
SELECT
  "place" AS "by_place",
  substr(CAST("realised_on" AS VARCHAR), 1, 7) AS "by_month",
  "field" AS "by_field",
  "promise" AS "by_promise",
  CAST(SUM("realised_amount") FILTER (WHERE NOT ("realised_on" IS NULL)) AS BIGINT) AS "D03_claimed",
  CAST(SUM("realised_amount") FILTER (WHERE (NOT ("realised_on" IS NULL)) AND ("state" = 'confirmed')) AS BIGINT) AS "D03_verified",
  COUNT(*) FILTER (WHERE (NOT ("realised_on" IS NULL)) AND ("realised_amount" IS NULL)) AS "D03_missing",
  COUNT(*) FILTER (WHERE NOT ("realised_on" IS NULL)) AS "D03_entries"
FROM "deals"
GROUP BY "place", substr(CAST("realised_on" AS VARCHAR), 1, 7), "field", "promise";

-- F01  35deb8e48097d92e
-- 财政援助资金（到位）（F01），单位：分，流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'arrived' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：东部各级财政当年到达西部国库的资金，按到账日期计。
SELECT
  "place" AS "by_place",
  substr(CAST("day" AS VARCHAR), 1, 7) AS "by_month",
  "nature" AS "by_nature",
  "level" AS "by_level",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'arrived') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS BIGINT) AS "F01_claimed",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'arrived') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("state" = 'confirmed')) AS BIGINT) AS "F01_verified",
  COUNT(*) FILTER (WHERE ("stage" = 'arrived') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("amount" IS NULL)) AS "F01_missing",
  COUNT(*) FILTER (WHERE ("stage" = 'arrived') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS "F01_entries"
FROM "funds"
GROUP BY "place", substr(CAST("day" AS VARCHAR), 1, 7), "nature", "level";

-- F01A  feaa6eaddf05e533
-- 财政援助资金分解（F01A），单位：分，流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'allocated' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：已分解到项目的资金，包含在到位资金之内。
SELECT
  "place" AS "by_place",
  substr(CAST("day" AS VARCHAR), 1, 7) AS "by_month",
  "nature" AS "by_nature",
  "level" AS "by_level",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'allocated') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS BIGINT) AS "F01A_claimed",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'allocated') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("state" = 'confirmed')) AS BIGINT) AS "F01A_verified",
  COUNT(*) FILTER (WHERE ("stage" = 'allocated') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("amount" IS NULL)) AS "F01A_missing",
  COUNT(*) FILTER (WHERE ("stage" = 'allocated') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS "F01A_entries"
FROM "funds"
GROUP BY "place", substr(CAST("day" AS VARCHAR), 1, 7), "nature", "level";

-- F01I  d1548a6d46697a3a
-- 财政援助资金下达（F01I），单位：分，流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'issued' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：已下达指标的资金；下达不等于到位，两者不可相加。
SELECT
  "place" AS "by_place",
  substr(CAST("day" AS VARCHAR), 1, 7) AS "by_month",
  "nature" AS "by_nature",
  "level" AS "by_level",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'issued') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS BIGINT) AS "F01I_claimed",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'issued') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("state" = 'confirmed')) AS BIGINT) AS "F01I_verified",
  COUNT(*) FILTER (WHERE ("stage" = 'issued') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("amount" IS NULL)) AS "F01I_missing",
  COUNT(*) FILTER (WHERE ("stage" = 'issued') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS "F01I_entries"
FROM "funds"
GROUP BY "place", substr(CAST("day" AS VARCHAR), 1, 7), "nature", "level";

-- F01R  f2a66e046d6c9a69
-- 财政援助资金收回（F01R），单位：分，流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'recovered' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计。
SELECT
  "place" AS "by_place",
  substr(CAST("day" AS VARCHAR), 1, 7) AS "by_month",
  "nature" AS "by_nature",
  "level" AS "by_level",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'recovered') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS BIGINT) AS "F01R_claimed",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'recovered') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("state" = 'confirmed')) AS BIGINT) AS "F01R_verified",
  COUNT(*) FILTER (WHERE ("stage" = 'recovered') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("amount" IS NULL)) AS "F01R_missing",
  COUNT(*) FILTER (WHERE ("stage" = 'recovered') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS "F01R_entries"
FROM "funds"
GROUP BY "place", substr(CAST("day" AS VARCHAR), 1, 7), "nature", "level";

-- F04P  1bf4cd60ac5de566
-- 财政援助资金支付（F04P），单位：分，流量（一段时间内发生）；台账：财政援助资金台账；计算：sum(amount)；条件：stage = 'paid' and nature in ('east-province', 'east-city', 'east-office')；时间：日期（day）；金额为空的记录计入“缺项”，不估计；说明：已支付的资金，包含在到位资金之内。
SELECT
  "place" AS "by_place",
  substr(CAST("day" AS VARCHAR), 1, 7) AS "by_month",
  "nature" AS "by_nature",
  "level" AS "by_level",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'paid') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS BIGINT) AS "F04P_claimed",
  CAST(SUM("amount") FILTER (WHERE ("stage" = 'paid') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("state" = 'confirmed')) AS BIGINT) AS "F04P_verified",
  COUNT(*) FILTER (WHERE ("stage" = 'paid') AND ("nature" IN ('east-province', 'east-city', 'east-office')) AND ("amount" IS NULL)) AS "F04P_missing",
  COUNT(*) FILTER (WHERE ("stage" = 'paid') AND ("nature" IN ('east-province', 'east-city', 'east-office'))) AS "F04P_entries"
FROM "funds"
GROUP BY "place", substr(CAST("day" AS VARCHAR), 1, 7), "nature", "level";

-- H01  e0d6989e16531374
-- 高层互访（H01），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'visit' and level = 'province' and coalesce(chief, false)；时间：开始日期（starts）；说明：党政主要负责同志带队的省级党政代表团考察，一次行程计一次。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  substr(CAST("starts" AS VARCHAR), 1, 7) AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE)) AS "H01_claimed",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE) AND ("state" = 'confirmed')) AS "H01_verified",
  0 AS "H01_missing",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE)) AS "H01_entries"
FROM "exchanges"
GROUP BY "level", "direction", substr(CAST("starts" AS VARCHAR), 1, 7), "place", "form";

-- H02  a14b46cea3900127
-- 互访批次（H02），单位：批次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；说明：一次行程为一批，不按所到县区重复计。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  substr(CAST("starts" AS VARCHAR), 1, 7) AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_claimed",
  COUNT(*) FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("state" = 'confirmed')) AS "H02_verified",
  0 AS "H02_missing",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_entries"
FROM "exchanges"
GROUP BY "level", "direction", substr(CAST("starts" AS VARCHAR), 1, 7), "place", "form";

-- H02P  90687498608f7841
-- 互访交流人次（H02P），单位：人次，流量（一段时间内发生）；台账：互访与会议台账；计算：sum(people)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；人数为空的记录计入“缺项”，不估计；说明：各批次人数之和；未填人数的批次不估计，另行列出。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  substr(CAST("starts" AS VARCHAR), 1, 7) AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  CAST(SUM("people") FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS BIGINT) AS "H02P_claimed",
  CAST(SUM("people") FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("state" = 'confirmed')) AS BIGINT) AS "H02P_verified",
  COUNT(*) FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("people" IS NULL)) AS "H02P_missing",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02P_entries"
FROM "exchanges"
GROUP BY "level", "direction", substr(CAST("starts" AS VARCHAR), 1, 7), "place", "form";

-- H03  4042a4d9c522d399
-- 联席会议和座谈会（H03），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('joint-meeting', 'meeting')；时间：开始日期（starts）。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  substr(CAST("starts" AS VARCHAR), 1, 7) AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" IN ('joint-meeting', 'meeting')) AS "H03_claimed",
  COUNT(*) FILTER (WHERE ("form" IN ('joint-meeting', 'meeting')) AND ("state" = 'confirmed')) AS "H03_verified",
  0 AS "H03_missing",
  COUNT(*) FILTER (WHERE "form" IN ('joint-meeting', 'meeting')) AS "H03_entries"
FROM "exchanges"
GROUP BY "level", "direction", substr(CAST("starts" AS VARCHAR), 1, 7), "place", "form";

-- H03J  d60b9b6405bb5776
-- 其中：联席会议（H03J），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'joint-meeting'；时间：开始日期（starts）；说明：已包含在“联席会议和座谈会”之内，不可相加。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  substr(CAST("starts" AS VARCHAR), 1, 7) AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" = 'joint-meeting') AS "H03J_claimed",
  COUNT(*) FILTER (WHERE ("form" = 'joint-meeting') AND ("state" = 'confirmed')) AS "H03J_verified",
  0 AS "H03J_missing",
  COUNT(*) FILTER (WHERE "form" = 'joint-meeting') AS "H03J_entries"
FROM "exchanges"
GROUP BY "level", "direction", substr(CAST("starts" AS VARCHAR), 1, 7), "place", "form";

-- R01  7ff5717a9e3461cc
-- 应急援助资金（R01），单位：分，流量（一段时间内发生）；台账：应急援助台账；计算：sum(funds)；条件：coalesce(gave_funds, funds is not null)；时间：发生日期（happened）；援助资金为空的记录计入“缺项”，不估计；说明：按灾害发生日期计，只计资金；物资折价另列，两者不可相加。
SELECT
  "place" AS "by_place",
  substr(CAST("happened" AS VARCHAR), 1, 7) AS "by_month",
  "hazard" AS "by_hazard",
  CAST(SUM("funds") FILTER (WHERE COALESCE("gave_funds", (NOT ("funds" IS NULL)))) AS BIGINT) AS "R01_claimed",
  CAST(SUM("funds") FILTER (WHERE COALESCE("gave_funds", (NOT ("funds" IS NULL))) AND ("state" = 'confirmed')) AS BIGINT) AS "R01_verified",
  COUNT(*) FILTER (WHERE COALESCE("gave_funds", (NOT ("funds" IS NULL))) AND ("funds" IS NULL)) AS "R01_missing",
  COUNT(*) FILTER (WHERE COALESCE("gave_funds", (NOT ("funds" IS NULL)))) AS "R01_entries"
FROM "relief"
GROUP BY "place", substr(CAST("happened" AS VARCHAR), 1, 7), "hazard";

-- R02  3947cadb3e3a95dd
-- 应急援助物资折价（R02），单位：分，流量（一段时间内发生）；台账：应急援助台账；计算：sum(goods_worth)；条件：coalesce(gave_goods, goods.count > 0)；时间：发生日期（happened）；物资折价合计为空的记录计入“缺项”，不估计；说明：有折价依据的物资之和；没有折价的物资不计，不与资金相加。
SELECT
  "place" AS "by_place",
  substr(CAST("happened" AS VARCHAR), 1, 7) AS "by_month",
  "hazard" AS "by_hazard",
  CAST(SUM("goods_worth") FILTER (WHERE COALESCE("gave_goods", ("goods_count" > 0))) AS BIGINT) AS "R02_claimed",
  CAST(SUM("goods_worth") FILTER (WHERE COALESCE("gave_goods", ("goods_count" > 0)) AND ("state" = 'confirmed')) AS BIGINT) AS "R02_verified",
  COUNT(*) FILTER (WHERE COALESCE("gave_goods", ("goods_count" > 0)) AND ("goods_worth" IS NULL)) AS "R02_missing",
  COUNT(*) FILTER (WHERE COALESCE("gave_goods", ("goods_count" > 0))) AS "R02_entries"
FROM "relief"
GROUP BY "place", substr(CAST("happened" AS VARCHAR), 1, 7), "hazard";

-- R03  b742ac39b06d8d79
-- 派出救援人员（R03），单位：人，流量（一段时间内发生）；台账：应急援助台账；计算：sum(persons)；条件：coalesce(gave_teams, teams.count > 0)；时间：发生日期（happened）；救援人员合计为空的记录计入“缺项”，不估计；说明：各队人数之和，一人随一队计一次；不是人次。
SELECT
  "place" AS "by_place",
  substr(CAST("happened" AS VARCHAR), 1, 7) AS "by_month",
  "hazard" AS "by_hazard",
  CAST(SUM("persons") FILTER (WHERE COALESCE("gave_teams", ("teams_count" > 0))) AS BIGINT) AS "R03_claimed",
  CAST(SUM("persons") FILTER (WHERE COALESCE("gave_teams", ("teams_count" > 0)) AND ("state" = 'confirmed')) AS BIGINT) AS "R03_verified",
  COUNT(*) FILTER (WHERE COALESCE("gave_teams", ("teams_count" > 0)) AND ("persons" IS NULL)) AS "R03_missing",
  COUNT(*) FILTER (WHERE COALESCE("gave_teams", ("teams_count" > 0))) AS "R03_entries"
FROM "relief"
GROUP BY "place", substr(CAST("happened" AS VARCHAR), 1, 7), "hazard";

-- T01  41266835f1ad380d
-- 党政挂职干部（东部到西部）在岗人数（T01），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：sort = 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west')) AS "T01_claimed",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west') AND ("state" = 'confirmed')) AS "T01_verified",
  0 AS "T01_missing",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west')) AS "T01_entries"
FROM "talent"
GROUP BY "sort", "place";

-- T01N  9c51737071318add
-- 党政挂职干部（东部到西部）新派人数（T01N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：sort = 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  substr(CAST("arrives" AS VARCHAR), 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west')) AS "T01N_claimed",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west') AND ("state" = 'confirmed')) AS "T01N_verified",
  0 AS "T01N_missing",
  COUNT(*) FILTER (WHERE ("sort" = 'cadre') AND ("direction" = 'east-to-west')) AS "T01N_entries"
FROM "talent"
GROUP BY "sort", "place", substr(CAST("arrives" AS VARCHAR), 1, 7);

-- T02  374c67ddb3beef76
-- 专业技术人才（东部到西部）在岗人数（T02），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west')) AS "T02_claimed",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west') AND ("state" = 'confirmed')) AS "T02_verified",
  0 AS "T02_missing",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west')) AS "T02_entries"
FROM "talent"
GROUP BY "sort", "place";

-- T02N  f872a4a2dd65f66a
-- 专业技术人才（东部到西部）新派人数（T02N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：sort <> 'cadre' and direction = 'east-to-west'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  substr(CAST("arrives" AS VARCHAR), 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west')) AS "T02N_claimed",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west') AND ("state" = 'confirmed')) AS "T02N_verified",
  0 AS "T02N_missing",
  COUNT(*) FILTER (WHERE ("sort" <> 'cadre') AND ("direction" = 'east-to-west')) AS "T02N_entries"
FROM "talent"
GROUP BY "sort", "place", substr(CAST("arrives" AS VARCHAR), 1, 7);

-- T03  9daa839fb3efc615
-- 干部人才（西部到东部）在岗人数（T03），单位：人，存量（截止日的数）；台账：干部人才选派台账；计算：count(*)；条件：direction = 'west-to-east'；时间：到岗日期（arrives）；到离岗日期（leaves）为止；说明：截止日当天在岗的人数：已到岗，尚未离岗。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  COUNT(*) FILTER (WHERE "direction" = 'west-to-east') AS "T03_claimed",
  COUNT(*) FILTER (WHERE ("direction" = 'west-to-east') AND ("state" = 'confirmed')) AS "T03_verified",
  0 AS "T03_missing",
  COUNT(*) FILTER (WHERE "direction" = 'west-to-east') AS "T03_entries"
FROM "talent"
GROUP BY "sort", "place";

-- T03N  97fd586acd78cc6b
-- 干部人才（西部到东部）新派人数（T03N），单位：人，流量（一段时间内发生）；台账：干部人才选派台账；计算：count(*)；条件：direction = 'west-to-east'；时间：到岗日期（arrives）；说明：期内到岗的人数，与在岗人数不可相加。
SELECT
  "sort" AS "by_sort",
  "place" AS "by_place",
  substr(CAST("arrives" AS VARCHAR), 1, 7) AS "by_month",
  COUNT(*) FILTER (WHERE "direction" = 'west-to-east') AS "T03N_claimed",
  COUNT(*) FILTER (WHERE ("direction" = 'west-to-east') AND ("state" = 'confirmed')) AS "T03N_verified",
  0 AS "T03N_missing",
  COUNT(*) FILTER (WHERE "direction" = 'west-to-east') AS "T03N_entries"
FROM "talent"
GROUP BY "sort", "place", substr(CAST("arrives" AS VARCHAR), 1, 7);
