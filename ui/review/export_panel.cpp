#include "ui/review/export_panel.h"

#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/tall_pane.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/review/export_job.h"
#include "ui/review/export_summary.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QStandardPaths>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace leedswatch::ui {
namespace {

using theme::LabelKind;

QString settingsFile(const ConsoleContext& context) {
    return toQt((context.dataFolder / "desk" / "review.ini").string());
}

}  // namespace

ExportPanel::ExportPanel(ConsoleContext& context, QWidget* parent)
    : QFrame{parent},
      m_context{context},
      m_summary{new ExportSummary{this}},
      m_privacy{theme::makeText(
          LabelKind::Hint, this,
          QStringLiteral("This camera has privacy zones. A clip is what the camera recorded, bit for bit: "
                         "the zones are not hidden in it."))},
      m_folder{new QLineEdit{rememberedFolder(), this}},
      m_browse{new QPushButton{icons::line(QStringLiteral("folder")), {}, this}},
      m_newFolder{theme::makeText(LabelKind::Hint, this)},
      m_startButton{new QPushButton{QStringLiteral("Export"), this}},
      m_cancel{new QPushButton{QStringLiteral("Cancel export"), this}},
      m_progress{new QProgressBar{this}},
      m_status{theme::makeText(LabelKind::Body, this)},
      m_openFolder{new QPushButton{QStringLiteral("Open folder"), this}} {
    setObjectName(QStringLiteral("exportPanel"));
    setFixedWidth(300);
    setAutoFillBackground(true);  // as its scrolled part does
    m_folder->setObjectName(QStringLiteral("exportFolderLineEdit"));
    m_folder->setAccessibleName(QStringLiteral("Folder for exports"));
    m_browse->setToolTip(QStringLiteral("Choose a folder"));
    m_browse->setAccessibleName(QStringLiteral("Choose a folder"));
    m_startButton->setObjectName(QStringLiteral("exportStartButton"));
    m_cancel->setObjectName(QStringLiteral("exportCancelButton"));
    m_privacy->setObjectName(QStringLiteral("exportPrivacyLabel"));
    connect(&context.privacy, &PrivacyGuard::changed, this, &ExportPanel::showPrivacy);
    m_privacy->hide();
    m_status->setObjectName(QStringLiteral("exportStatusLabel"));
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_openFolder->setObjectName(QStringLiteral("exportOpenFolderButton"));
    m_progress->setTextVisible(false);
    m_progress->setRange(0, 1000);
    theme::setButtonKind(*m_startButton, theme::ButtonKind::Primary);
    layOut();
    setExporting(false);
    m_openFolder->hide();
    connect(m_startButton, &QPushButton::clicked, this, &ExportPanel::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_job != nullptr) {
            m_job->cancel();
            m_status->setText(QStringLiteral("Cancelling…"));
        }
    });
    connect(m_browse, &QPushButton::clicked, this, &ExportPanel::chooseFolder);
    connect(m_folder, &QLineEdit::textChanged, this, &ExportPanel::showRange);
    connect(m_openFolder, &QPushButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_doneFolder)); });
}

ExportPanel::~ExportPanel() {
    delete m_job;  // cancels and waits, while what it writes to is still there
}

void ExportPanel::layOut() {
    auto* close = new QToolButton{this};
    close->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    close->setToolTip(QStringLiteral("Close the export panel (Esc)"));
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    connect(close, &QToolButton::clicked, this, &ExportPanel::closeRequested);
    auto* head = new QHBoxLayout;
    head->addWidget(theme::makeText(LabelKind::Title, this, QStringLiteral("Export footage")), 1);
    head->addWidget(close);

    auto* folderRow = new QHBoxLayout;
    folderRow->setSpacing(8);
    folderRow->addWidget(m_folder, 1);
    folderRow->addWidget(m_browse);

    auto* inner = new TallPane{this};
    auto* layout = new QVBoxLayout{inner};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(head);
    layout->addWidget(m_summary);
    layout->addWidget(m_privacy);
    layout->addWidget(theme::makeText(LabelKind::Dim, this, QStringLiteral("Folder")));
    layout->addLayout(folderRow);
    layout->addWidget(m_newFolder);
    layout->addStretch(1);

    auto* scroll = new QScrollArea{this};
    scroll->setWidget(inner);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // On a low window what can be done, and why not, stays in sight.
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(16, 0, 16, 12);
    foot->setSpacing(12);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_startButton, m_progress, m_status, m_openFolder, m_cancel}) {
        foot->addWidget(widget);
    }
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(scroll, 1);
    outer->addLayout(foot);
}

void ExportPanel::setCamera(const estate::Camera& camera) {
    m_camera = camera;
    m_summary->setCamera(camera);
    showPrivacy();
}

void ExportPanel::showPrivacy() {
    m_privacy->setVisible(m_camera.id.isValid() && m_context.privacy.hasZones(m_camera.id));
}

void ExportPanel::setRange(std::optional<video::TimeRange> range,
                           std::shared_ptr<const video::RecordedTimeline> timeline) {
    const bool changed = range != m_range;
    m_range = range;
    m_timeline = std::move(timeline);
    if (changed && !isExporting()) {
        m_status->clear();
        m_openFolder->hide();
    }
    showRange();
}

void ExportPanel::showRange() {
    m_summary->showRange(m_range, m_timeline.get());
    const bool folderGiven = !m_folder->text().trimmed().isEmpty();
    m_newFolder->setText(
        m_range
            ? QStringLiteral("A new folder in it: %1").arg(toQt(evidence::clipName(m_camera.number, m_range->begin)))
            : QString{});
    const bool mayExport =
        access::mayDo(m_context.acting.role, access::Right::ExportFootage) || m_context.acting.unrestricted;
    m_startButton->setEnabled(m_summary->hasFootage() && folderGiven && mayExport && !isExporting());
    if (!mayExport) {
        m_status->setText(QStringLiteral("Your role, %1, does not export footage. Ask a supervisor.")
                              .arg(roleName(m_context.acting.role).toLower()));
    }
}

void ExportPanel::focusNext() {
    if (m_startButton->isEnabled()) {
        m_startButton->setFocus();
    }
}

bool ExportPanel::isExporting() const {
    return m_job != nullptr && m_job->isRunning();
}

std::filesystem::path ExportPanel::targetFolder() const {
    const std::filesystem::path parent = fromQt(m_folder->text().trimmed());
    const std::string name = evidence::clipName(m_camera.number, m_range->begin);
    auto target = parent / name;
    std::error_code ignored;
    for (int n = 2; std::filesystem::exists(target, ignored) && n < 1000; ++n) {
        target = parent / (name + "_" + std::to_string(n));
    }
    return target;
}

void ExportPanel::start() {
    if (!m_startButton->isEnabled() || !m_range) {
        return;
    }
    rememberFolder();
    delete m_job;
    m_job = new ExportJob{m_context, {m_camera, *m_range, targetFolder()}, this};
    connect(m_job, &ExportJob::progressed, this, &ExportPanel::showProgress);
    connect(m_job, &ExportJob::finished, this, [this](const ExportResult& report) { showResult(*report); });
    m_job->start();
    m_openFolder->hide();
    m_status->setText(QStringLiteral("Reading the recording…"));
    setExporting(true);
    m_cancel->setFocus();
}

void ExportPanel::setExporting(bool exporting) {
    m_progress->setVisible(exporting);
    m_progress->setValue(0);
    m_cancel->setVisible(exporting);
    m_folder->setEnabled(!exporting);
    m_browse->setEnabled(!exporting);
    showRange();
}

void ExportPanel::showProgress(const evidence::ClipProgress& progress) {
    using Phase = evidence::ClipProgress::Phase;
    // Decoding everything again takes the most time by far.
    const double done = progress.phase == Phase::Copying     ? progress.fraction * 0.3
                        : progress.phase == Phase::Verifying ? 0.3 + progress.fraction * 0.69
                                                             : 1.0;
    m_progress->setValue(static_cast<int>(done * 1000));
    m_status->setText(progress.phase == Phase::Copying ? QStringLiteral("Copying…")
                      : progress.phase == Phase::Verifying
                          ? QStringLiteral("Reading it again and decoding every picture…")
                          : QStringLiteral("Finishing…"));
}

void ExportPanel::showResult(const base::Result<evidence::ClipReport>& report) {
    setExporting(false);
    if (report) {
        showDone(*report);
        return;
    }
    if (report.error().code == base::ErrorCode::Cancelled) {
        m_status->setText(QStringLiteral("Cancelled. Nothing was left behind."));
        return;
    }
    m_status->setText(QStringLiteral("<span style='color:%1'><b>Not exported.</b></span> %2 %3")
                          .arg(palette::red.lighter(115).name(), sentenceOf(report.error()).toHtmlEscaped(),
                               whatToDo(report.error().code).toHtmlEscaped()));
}

void ExportPanel::showDone(const evidence::ClipReport& report) {
    m_doneFolder = toQt(report.folder.string());
    QString text =
        QStringLiteral("<b>Exported and verified.</b> %1 pictures in %2 %3, %4.")
            .arg(withThousands(report.framesShown()))
            .arg(report.files.size())
            .arg(report.files.size() == 1 ? QStringLiteral("file") : QStringLiteral("files"), sizeText(report.bytes()));
    if (!report.gaps.empty()) {
        text += QStringLiteral(" %1 stated in the manifest.")
                    .arg(report.gaps.size() == 1 ? QStringLiteral("1 gap is")
                                                 : QStringLiteral("%1 gaps are").arg(report.gaps.size()));
    }
    for (const auto& warning : report.warnings) {
        text += QStringLiteral("<br><br><span style='color:%1'><b>Warning.</b></span> %2")
                    .arg(palette::amber.name(), toQt(warning).toHtmlEscaped());
    }
    text += QStringLiteral("<br><br><span style='color:%1'>%2</span>")
                .arg(palette::textDim.name(), m_doneFolder.toHtmlEscaped());
    m_status->setText(text);
    m_openFolder->show();
    m_openFolder->setFocus();
    Q_EMIT exported(m_doneFolder);
}

void ExportPanel::chooseFolder() {
    auto* dialog = new QFileDialog{this, QStringLiteral("Folder for exports"), m_folder->text()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, m_folder, &QLineEdit::setText);
    dialog->open();
}

QString ExportPanel::rememberedFolder() const {
    const QSettings settings{settingsFile(m_context), QSettings::IniFormat};
    const QString fallback = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return settings
        .value(QStringLiteral("exportFolder/%1").arg(m_context.acting.id.value()),
               fallback.isEmpty() ? QDir::homePath() : fallback)
        .toString();
}

void ExportPanel::rememberFolder() const {
    QSettings settings{settingsFile(m_context), QSettings::IniFormat};
    settings.setValue(QStringLiteral("exportFolder/%1").arg(m_context.acting.id.value()), m_folder->text().trimmed());
}

}  // namespace leedswatch::ui
