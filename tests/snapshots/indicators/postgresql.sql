-- H01  e0d6989e16531374
-- 高层互访（H01），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'visit' and level = 'province' and coalesce(chief, false)；时间：开始日期（starts）；说明：党政主要负责同志带队的省级党政代表团考察，一次行程计一次。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  to_char("starts", 'YYYY-MM') AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE)) AS "H01_claimed",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE) AND ("state" = 'confirmed')) AS "H01_verified",
  0 AS "H01_missing",
  COUNT(*) FILTER (WHERE ("form" = 'visit') AND ("level" = 'province') AND COALESCE("chief", FALSE)) AS "H01_entries"
FROM "exchanges"
GROUP BY "level", "direction", to_char("starts", 'YYYY-MM'), "place", "form";

-- H02  a14b46cea3900127
-- 互访批次（H02），单位：批次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；说明：一次行程为一批，不按所到县区重复计。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  to_char("starts", 'YYYY-MM') AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_claimed",
  COUNT(*) FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("state" = 'confirmed')) AS "H02_verified",
  0 AS "H02_missing",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02_entries"
FROM "exchanges"
GROUP BY "level", "direction", to_char("starts", 'YYYY-MM'), "place", "form";

-- H02P  90687498608f7841
-- 互访交流人次（H02P），单位：人次，流量（一段时间内发生）；台账：互访与会议台账；计算：sum(people)；条件：form in ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')；时间：开始日期（starts）；人数为空的记录计入“缺项”，不估计；说明：各批次人数之和；未填人数的批次不估计，另行列出。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  to_char("starts", 'YYYY-MM') AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  CAST(SUM("people") FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS BIGINT) AS "H02P_claimed",
  CAST(SUM("people") FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("state" = 'confirmed')) AS BIGINT) AS "H02P_verified",
  COUNT(*) FILTER (WHERE ("form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AND ("people" IS NULL)) AS "H02P_missing",
  COUNT(*) FILTER (WHERE "form" IN ('visit', 'survey', 'department', 'investment', 'condolence', 'culture')) AS "H02P_entries"
FROM "exchanges"
GROUP BY "level", "direction", to_char("starts", 'YYYY-MM'), "place", "form";

-- H03  4042a4d9c522d399
-- 联席会议和座谈会（H03），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form in ('joint-meeting', 'meeting')；时间：开始日期（starts）。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  to_char("starts", 'YYYY-MM') AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" IN ('joint-meeting', 'meeting')) AS "H03_claimed",
  COUNT(*) FILTER (WHERE ("form" IN ('joint-meeting', 'meeting')) AND ("state" = 'confirmed')) AS "H03_verified",
  0 AS "H03_missing",
  COUNT(*) FILTER (WHERE "form" IN ('joint-meeting', 'meeting')) AS "H03_entries"
FROM "exchanges"
GROUP BY "level", "direction", to_char("starts", 'YYYY-MM'), "place", "form";

-- H03J  d60b9b6405bb5776
-- 其中：联席会议（H03J），单位：次，流量（一段时间内发生）；台账：互访与会议台账；计算：count(*)；条件：form = 'joint-meeting'；时间：开始日期（starts）；说明：已包含在“联席会议和座谈会”之内，不可相加。
SELECT
  "level" AS "by_level",
  "direction" AS "by_direction",
  to_char("starts", 'YYYY-MM') AS "by_month",
  "place" AS "by_place",
  "form" AS "by_form",
  COUNT(*) FILTER (WHERE "form" = 'joint-meeting') AS "H03J_claimed",
  COUNT(*) FILTER (WHERE ("form" = 'joint-meeting') AND ("state" = 'confirmed')) AS "H03J_verified",
  0 AS "H03J_missing",
  COUNT(*) FILTER (WHERE "form" = 'joint-meeting') AS "H03J_entries"
FROM "exchanges"
GROUP BY "level", "direction", to_char("starts", 'YYYY-MM'), "place", "form";
