#include "ui/shell/fault_band.h"

#include "analytics/tamper_fault.h"
#include "analytics/tamper_stills.h"
#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t mostRows = 3;
constexpr auto lookAgain = 30s;  // ages are told in minutes

QString ageText(base::Microseconds age) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
    if (minutes < 1) {
        return QStringLiteral("less than a minute");
    }
    if (minutes < 120) {
        return QStringLiteral("%1 min").arg(minutes);
    }
    return minutes < 48 * 60 ? QStringLiteral("%1 h").arg(minutes / 60) : QStringLiteral("%1 days").arg(minutes / 1440);
}

QString sentence(const std::string& text) {
    QString words = toQt(text);
    if (!words.isEmpty()) {
        words[0] = words[0].toUpper();
    }
    return words.endsWith(QLatin1Char{'.'}) ? words : words + QLatin1Char{'.'};
}

QString inColour(const QColor& colour) {
    return QStringLiteral("color: %1").arg(colour.name());
}

}  // namespace

FaultBand::FaultBand(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_feed{context.feed, {"faults"}, this},
      m_rows{new QVBoxLayout{this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("faultBand"));
    setAttribute(Qt::WA_StyledBackground);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(1);
    hide();
    connect(&m_feed, &FeedListener::changed, this, &FaultBand::read);
    connect(&m_clock, &QTimer::timeout, this, &FaultBand::layOut);
    m_clock.start(lookAgain);
    read();
}

void FaultBand::read() {
    m_worker.run([&database = m_context.database] { return estate::FaultRegister{database}.current(); },
                 [this](base::Result<std::vector<estate::Fault>> faults) { show(std::move(faults)); });
}

void FaultBand::show(base::Result<std::vector<estate::Fault>> faults) {
    if (!faults) {
        return;  // the status bar tells when the store cannot be read; what was known stays
    }
    m_faults = std::move(*faults);
    // What nobody has acknowledged comes first.
    std::ranges::stable_partition(m_faults, [](const estate::Fault& fault) { return fault.acknowledgedBy.empty(); });
    layOut();
    Q_EMIT refreshed();
}

void FaultBand::layOut() {
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    const std::size_t shown = std::min(m_faults.size(), mostRows);
    for (std::size_t row = 0; row < shown; ++row) {
        m_rows->addWidget(makeRow(m_faults[row]));
    }
    if (m_faults.size() > mostRows) {
        auto* more = new QLabel{QStringLiteral("and %1 more").arg(m_faults.size() - mostRows), this};
        more->setObjectName(QStringLiteral("moreFaultsLabel"));
        more->setContentsMargins(20, 2, 16, 4);
        m_rows->addWidget(more);
    }
    setVisible(!m_faults.empty());
}

QWidget* FaultBand::makeRow(const estate::Fault& fault) {
    const bool isKnown = !fault.acknowledgedBy.empty();
    const QColor colour = isKnown ? palette::amber : palette::red;
    auto* row = new QWidget{this};
    row->setObjectName(QStringLiteral("faultRow"));
    auto* mark = new QWidget{row};
    mark->setFixedWidth(6);
    mark->setStyleSheet(QStringLiteral("background: %1").arg(colour.name()));
    auto* what = new QLabel{sentence(fault.cause), row};
    what->setObjectName(QStringLiteral("faultLabel"));
    what->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    what->setStyleSheet(inColour(colour));
    what->setWordWrap(true);
    auto* toDo = new QLabel{sentence(fault.message), row};
    toDo->setWordWrap(true);
    toDo->setToolTip(toDo->text());
    QString since = QStringLiteral("since %1, %2")
                        .arg(toQt(base::formatLocal(fault.since)), ageText(m_context.clock.now() - fault.since));
    if (isKnown) {
        since += QStringLiteral("; %1 knows").arg(toQt(fault.acknowledgedBy));
    }
    auto* age = new QLabel{since, row};
    theme::setLabelKind(*age, theme::LabelKind::Dim);
    // What somebody knows of stays for as long as it lasts, which may be days: in one line, so that the wall has its
    // room back.
    auto* words = new QBoxLayout{isKnown ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom};
    words->setSpacing(isKnown ? 16 : 1);
    words->addWidget(what, isKnown ? 1 : 0);
    words->addWidget(toDo);
    words->addWidget(age);
    toDo->setVisible(!isKnown);
    what->setToolTip(toDo->text());
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(0, 0, 16, 0);
    layout->setSpacing(14);
    layout->addWidget(mark);
    words->setContentsMargins(0, 6, 0, 6);
    layout->addLayout(words, 1);
    const auto camera =
        fault.kind == analytics::tamperFault ? analytics::cameraOfTamperObject(fault.object) : std::nullopt;
    if (camera && analytics::maySeeTamperStills(m_context.acting)) {
        auto* button = new QPushButton{QStringLiteral("Look"), row};
        button->setObjectName(QStringLiteral("lookPushButton"));
        button->setToolTip(QStringLiteral("The pictures of the camera before and after"));
        connect(button, &QPushButton::clicked, this, [this, camera] { Q_EMIT cameraHealthRequested(*camera); });
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    if (!isKnown && access::mayDo(m_context.acting.role, access::Right::AcknowledgeFaults)) {
        auto* button = new QPushButton{QStringLiteral("Acknowledge"), row};
        button->setObjectName(QStringLiteral("acknowledgePushButton"));
        connect(button, &QPushButton::clicked, this, [this, id = fault.id] { acknowledge(id); });
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    return row;
}

void FaultBand::acknowledge(estate::FaultId fault) {
    m_worker.run([&context = m_context,
                  fault] { return estate::FaultRegister{context.database}.acknowledge(context.acting, fault); },
                 [this](const base::Result<void>&) { read(); });
}

}  // namespace leedswatch::ui
