"""A small dialogue file in which everything occurs once, to spoil in one place at a time."""

from typing import Final

SMALL: Final = """\
format: 1
dialogue:
  short_name: small
  name: {en: A small dialogue, zh: 小型对话}
delegations:
  - code: US
    name: {en: U.S. side, zh: 美方代表团}
    adjective: {en: U.S. people, zh: 美方}
    colour: 1
  - code: CN
    name: {en: Chinese side, zh: 中方代表团}
    adjective: {en: Chinese, zh: 中方}
    colour: 2
persons:
  - key: first-person
    name: {en: First Person}
    sort_key: person first
  - key: second-person
    name: {en: SECOND Person, zh: 某某}
    sort_key: second person
sessions:
  - ordinal: 1
    name: {en: First session, zh: 第一次会议}
    exercise: true
    off_the_record: {en: Off the record, zh: 非公开}
    places:
      - {en: Here, zh: 此地}
    dates:
      - side: US
        from: 2026-03-11
        to: 2026-03-12
        time_zone: America/New_York
      - side: CN
        from: 2026-03-12
        to: 2026-03-13
        time_zone: Asia/Shanghai
    hosts:
      - name: {en: A host, zh: 主办方}
        side: US
    note: {en: A note, zh: 说明}
    participants:
      - side: CN
        heading: {en: THEIRS, zh: 对方}
        list:
          - person: second-person
            display: {en: SECOND Person}
            separator: "\\_ "
            title: {en: Second title, zh: 第二职务}
            leader: true
      - side: US
        heading: {en: OURS, zh: 我方}
        list:
          - person: first-person
            display: {en: First Person, zh: 甲}
            title: {en: First title}
    agreement:
      short_name: first-agreement
      name: {en: First agreement, zh: 第一份协议}
      kind: recorded
      authentic: [en]
      unofficial: [zh]
      source: {en: Made up, zh: 虚构}
      text:
        - kind: title
          en: THE TITLE
          zh: 标题
        - kind: heading
          key: last-heading
          en: THE HEADING
          zh: 小标题
          children:
            - kind: lead_in
              en: "They agree:"
              zh: 双方同意：
              children:
                - kind: numbered_item
                  key: only-item
                  label_style: decimal
                  label: 1 bis.
                  tags: [recommendation, agenda_item]
                  speaker: US
                  addressee: CN
                  drafted_in: zh
                  working_title: {en: The item, zh: 要点}
                  en: Something should be done.
                  zh: 应采取行动。
    agenda: [only-item]
  - ordinal: 2
    name: {en: Second session, zh: 第二次会议}
    places: []
    dates: []
    hosts: []
    agreement:
      short_name: second-agreement
      name: {en: Second agreement, zh: 第二份协议}
      kind: negotiated
      authentic: [en, zh]
"""
